package io.clew.testkit;

import io.clew.language.AwaitSpec;
import io.clew.language.CompiledDefinition;
import io.clew.language.TriggerSpec;
import io.clew.saga.Arrival;
import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Channel;
import io.clew.saga.Incident;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Outcome;
import io.clew.saga.Phase;
import io.clew.saga.ResultSpec;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.StepRecord;
import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * One saga of a definition told as a story, with real records. Every command must be expected, in
 * the order they are sent; time passes only when the story says so. What fails is an {@link
 * AssertionError} that tells what happened so far.
 */
public final class DefinitionScenario {

    private final CompiledDefinition compiled;
    private final Frames frames;
    private final SagaScenario saga;
    private @Nullable String key;
    private int arrivals;

    DefinitionScenario(CompiledDefinition compiled, Frames frames) {
        this.compiled = compiled;
        this.frames = frames;
        this.saga = SagaScenario.given(compiled.definition());
    }

    /** The event that starts it comes; key and index attributes are evaluated. */
    public DefinitionScenario triggeredBy(IndexedRecord event) {
        check(compiled.trigger().eventType(), event.getSchema().getFullName());
        Bytes framed = frames.write(event);
        TriggerSpec.Started started = compiled.trigger().evaluate(framed);
        key = started.key();
        saga.triggeredBy(started.key(), framed, started.index());
        return this;
    }

    /** The next command, of this participant and type; what is said next is about it. */
    public DefinitionScenario expectCommand(String participant, String type) {
        saga.expectCommand(participant, type);
        return this;
    }

    /** What was sent again, since nothing was heard, need not be expected. */
    public DefinitionScenario passingOverRepeats() {
        saga.passingOverRepeats();
        return this;
    }

    /** The current command's record, all its fields. */
    public DefinitionScenario saying(Map<String, ?> fields) {
        return saying(Records.of(frames.schema(saga.command().content().type()), fields));
    }

    /** The current command's record. */
    public DefinitionScenario saying(IndexedRecord record) {
        String type = saga.command().content().type();
        check(frames.read(type, frames.write(record)).toString(), command().toString());
        return this;
    }

    /** The current command's record. */
    public GenericRecord command() {
        return frames.read(saga.command().content().type(), saga.command().content().value());
    }

    public DefinitionScenario onAttempt(int attempt) {
        saga.onAttempt(attempt);
        return this;
    }

    public DefinitionScenario onExecution(int execution) {
        saga.onExecution(execution);
        return this;
    }

    /** What is said next is about the newest command of this type, expected before. */
    public DefinitionScenario then(String type) {
        saga.then(type);
        return this;
    }

    public DefinitionScenario succeeds() {
        saga.succeeds();
        return this;
    }

    public DefinitionScenario succeeds(IndexedRecord result) {
        saga.answers(new Outcome.Succeeded(Optional.of(frames.write(result))));
        return this;
    }

    /** A business refusal. */
    public DefinitionScenario failsWith(String code) {
        saga.failsWith(code);
        return this;
    }

    /** A technical error: it is sent again. */
    public DefinitionScenario errs(String code) {
        saga.errs(code);
        return this;
    }

    public DefinitionScenario progresses() {
        saga.progresses();
        return this;
    }

    /** Nothing is heard for so long; due timers fire. */
    public DefinitionScenario silentFor(Duration time) {
        saga.silentFor(time);
        return this;
    }

    /**
     * A service publishes an event that an await is for. Before the start it is held.
     *
     * @throws AssertionError if no await takes such events, or the event is for another saga
     */
    public DefinitionScenario publishes(String topic, IndexedRecord event) {
        String type = event.getSchema().getFullName();
        AwaitSpec await =
                compiled.awaits().stream()
                        .filter(it -> it.topic().equals(topic) && it.eventType().equals(type))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new AssertionError(
                                                "Expected an await of " + type + " on " + topic));
        Bytes framed = frames.write(event);
        String meant = await.key(framed);
        if (key != null) {
            check("an event for " + key, "an event for " + meant);
        }
        return arrives(meant, new Channel.Topic(topic), type, framed);
    }

    /** A signal comes to an await, which is named as in the definition. */
    public DefinitionScenario signals(String await, IndexedRecord signal) {
        Optional<Await> awaiting =
                compiled.definition().awaits().stream()
                        .filter(it -> it.channel().equals(new Channel.Signal(await)))
                        .findFirst();
        check(
                awaiting.map(Await::type).orElse("an await of a signal called " + await),
                signal.getSchema().getFullName());
        String meant = Optional.ofNullable(key).orElseThrow();
        return arrives(
                meant,
                new Channel.Signal(await),
                signal.getSchema().getFullName(),
                frames.write(signal));
    }

    private DefinitionScenario arrives(String meant, Channel channel, String type, Bytes value) {
        arrivals++;
        Arrival arrival = new Arrival("arrival-" + arrivals, channel, type, value);
        saga.about(meant).input(new SagaInput.Arrived(arrival));
        return this;
    }

    public DefinitionScenario intervenes(InterventionRequest request) {
        saga.intervenes(request);
        return this;
    }

    public DefinitionScenario expectNoCommand() {
        saga.expectNoCommand();
        return this;
    }

    public DefinitionScenario expectCompleted() {
        saga.expectCompleted();
        return this;
    }

    /** What has come of it once all is done, all fields of the definition's result. */
    public DefinitionScenario expectResult(Map<String, ?> fields) {
        return expectResult(Records.of(frames.schema(resultType()), fields));
    }

    /** What has come of it once all is done. */
    public DefinitionScenario expectResult(IndexedRecord record) {
        String type = resultType();
        check(
                frames.read(type, frames.write(record)).toString(),
                saga().result().map(it -> frames.read(type, it).toString()).orElse("no result"));
        return this;
    }

    private String resultType() {
        return compiled.definition()
                .result()
                .map(ResultSpec::type)
                .orElseThrow(() -> new AssertionError("Expected a definition with a result"));
    }

    public DefinitionScenario expectCompensated() {
        saga.expectCompensated();
        return this;
    }

    /** It has ended compensated, for this code. */
    public DefinitionScenario expectCompensated(String code) {
        saga.expectCompensated(code);
        return this;
    }

    public DefinitionScenario expectIncident(Incident.Code code) {
        saga.expectIncident(code);
        return this;
    }

    public DefinitionScenario expectPhase(Phase phase) {
        saga.expectPhase(phase);
        return this;
    }

    /** The newest record of a path, such as {@code reserve[3]}, has this status. */
    public DefinitionScenario expectStep(String path, StepRecord.Status status) {
        saga.expectStep(path, status);
        return this;
    }

    /** The id of the saga that has started, such as {@code travel-booking:t-1}. */
    public DefinitionScenario expectId(String id) {
        check(id, saga().id().value());
        return this;
    }

    /** The instance as it is stored now. */
    public SagaInstance saga() {
        return saga.saga();
    }

    /** The scenario underneath, for all that needs no records: outages, pauses, late answers. */
    public SagaScenario underneath() {
        return saga;
    }

    private static void check(String expected, String found) {
        if (!expected.equals(found)) {
            throw new AssertionError("Expected " + expected + " but got " + found);
        }
    }
}
