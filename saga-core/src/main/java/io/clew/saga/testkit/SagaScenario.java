package io.clew.saga.testkit;

import io.clew.saga.Arrival;
import io.clew.saga.Bytes;
import io.clew.saga.Channel;
import io.clew.saga.Command;
import io.clew.saga.Direction;
import io.clew.saga.Incident;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Outcome;
import io.clew.saga.Parent;
import io.clew.saga.ParentCall;
import io.clew.saga.PauseRequest;
import io.clew.saga.PauseSubject;
import io.clew.saga.Phase;
import io.clew.saga.Rejection;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.StepRecord;
import io.clew.saga.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One saga told as a story: every command must be expected in its order, time passes only when the
 * story says so, and after each input the stored instance must be the fold of its transitions.
 */
public final class SagaScenario {
    private final ScenarioPartition partition;
    private @Nullable Command current;
    private int operations;
    private int arrivals;

    private SagaScenario(ScenarioPartition partition) {
        this.partition = partition;
    }

    /** A saga of this definition; further versions of it are here, too. */
    public static SagaScenario given(SagaDefinition definition, SagaDefinition... further) {
        return new SagaScenario(new ScenarioPartition(definition, List.of(further)));
    }

    /** Starts the saga of this business key, which is also the trigger's text. */
    public SagaScenario triggeredBy(String businessKey) {
        partition.trigger(businessKey);
        return this;
    }

    /** Starts the saga of this business key by a trigger of these bytes. */
    public SagaScenario triggeredBy(String businessKey, Bytes event, Map<String, String> index) {
        partition.trigger(businessKey, event, index);
        return this;
    }

    /** What is said next is of the saga of this business key, which may not have started. */
    public SagaScenario about(String businessKey) {
        partition.means(businessKey);
        return this;
    }

    /** Starts it as the child of this step of another saga. */
    public SagaScenario startedBy(Parent parent, int attempt) {
        partition.trigger("child", new ParentCall(parent, attempt));
        return this;
    }

    /** Its parent takes it back. */
    public SagaScenario takenBackBy(Parent parent, int number) {
        return input(new SagaInput.TakeBack(parent, number, 1));
    }

    /** Nobody can take it back any more. */
    public SagaScenario parentEnds(Parent parent) {
        return input(new SagaInput.ParentEnded(parent));
    }

    /** A child's next word to its parent: succeeded and its result, progress, or a code. */
    public SagaScenario expectAnswer(Direction direction, String word) {
        SagaInput.Reply next = partition.answers().poll();
        boolean right = next != null && next.direction() == direction;
        check(
                right && ScenarioPartition.word(next.outcome()).equals(word),
                direction + " " + word,
                "" + next);
        return this;
    }

    public SagaScenario expectNoAnswer() {
        check(partition.answers().isEmpty(), "no answer", "" + partition.answers());
        return this;
    }

    /** The saga has told these children of its end. */
    public SagaScenario expectTold(SagaId... children) {
        boolean right = partition.toldChildren().equals(List.of(children));
        check(right, "to tell " + List.of(children), "" + partition.toldChildren());
        return this;
    }

    /** The next command not expected yet; what is said next is its participant's answer. */
    public SagaScenario expectCommand(String participant, String type) {
        Command next = partition.unexpected().poll();
        String found = next == null ? "nothing" : next.content().participant() + " " + type(next);
        check(found.equals(participant + " " + type), participant + " " + type, found);
        current = next;
        return this;
    }

    /** What was sent again, since nothing was heard, need not be expected. */
    public SagaScenario passingOverRepeats() {
        partition.unexpected().removeIf(it -> it.attempt() > 1);
        return this;
    }

    /** The current command's value, in the text of {@link TestSaga}. */
    public SagaScenario saying(String text) {
        String found = TestSaga.text(command().content().value());
        check(found.equals(text), text, found);
        return this;
    }

    public SagaScenario onAttempt(int attempt) {
        int found = command().attempt();
        check(found == attempt, "attempt " + attempt, "attempt " + found);
        return this;
    }

    public SagaScenario onExecution(int execution) {
        int found = command().execution().number();
        check(found == execution, "execution " + execution, "execution " + found);
        return this;
    }

    /** The current command's participant answers. */
    public SagaScenario answers(Outcome outcome) {
        return replies(command(), outcome);
    }

    public SagaScenario succeeds() {
        return answers(new Outcome.Succeeded(Optional.empty()));
    }

    public SagaScenario succeeds(String result) {
        return answers(new Outcome.Succeeded(Optional.of(Bytes.utf8(result))));
    }

    public SagaScenario failsWith(String code) {
        return answers(new Outcome.Failed(code, "refused"));
    }

    public SagaScenario errs(String code) {
        return answers(new Outcome.Erred(code, "trouble"));
    }

    public SagaScenario progresses() {
        return answers(new Outcome.Progress());
    }

    /** Nothing is heard for so long; due timers fire. */
    public SagaScenario silentFor(Duration time) {
        partition.pass(time);
        return this;
    }

    /** An answer to any attempt of any command sent so far. */
    public SagaScenario late(String type, int attempt, Outcome outcome) {
        return replies(partition.sent(type, attempt), outcome);
    }

    /** What is said next is the participant's answer to the newest command of this type. */
    public SagaScenario then(String type) {
        current = partition.newest(type);
        return this;
    }

    /** An event or a signal comes, of the type {@code Arrived}. */
    public SagaScenario arrives(Channel channel, String text) {
        arrivals++;
        return arrives("arrival-" + arrivals, channel, text);
    }

    public SagaScenario arrives(String id, Channel channel, String text) {
        return input(new SagaInput.Arrived(new Arrival(id, channel, "Arrived", Bytes.utf8(text))));
    }

    /** Something comes before the trigger of this business key. */
    public SagaScenario arrivesBefore(String businessKey, Channel channel, String text) {
        partition.means(businessKey);
        return arrives(channel, text);
    }

    /** An answer that names another run of this saga id. */
    public SagaScenario ofAnotherRun(Outcome outcome) {
        partition.reply(command().run() - 1, command().execution(), command().attempt(), outcome);
        return this;
    }

    private SagaScenario replies(Command command, Outcome outcome) {
        partition.reply(command.run(), command.execution(), command.attempt(), outcome);
        return this;
    }

    public SagaScenario intervenes(InterventionRequest request) {
        operations++;
        return intervenes("operation-" + operations, Optional.empty(), request);
    }

    public SagaScenario intervenes(
            String operationId, Optional<Long> revision, InterventionRequest request) {
        return input(intervention(operationId, revision, Optional.empty(), request));
    }

    /** An operator means the command with this id, without the attempt. */
    public SagaScenario intervenesAt(
            String operationId, String command, InterventionRequest request) {
        return input(intervention(operationId, Optional.empty(), Optional.of(command), request));
    }

    private static SagaInput intervention(
            String operationId,
            Optional<Long> revision,
            Optional<String> command,
            InterventionRequest request) {
        return new SagaInput.Intervention(operationId, revision, command, "ann", "test", request);
    }

    /** A definition or a participant is paused for all sagas. */
    public SagaScenario pauses(PauseSubject subject) {
        return asks(subject, true);
    }

    public SagaScenario resumes(PauseSubject subject) {
        return asks(subject, false);
    }

    private SagaScenario asks(PauseSubject subject, boolean pause) {
        operations++;
        partition.ask(new PauseRequest("operation-" + operations, subject, pause, "ann", "outage"));
        return this;
    }

    public SagaScenario input(SagaInput input) {
        partition.append(input);
        return this;
    }

    /** The partition is told that there is no such topic. */
    public SagaScenario topicMissing(String topic) {
        return asks(PauseSubject.topic(topic), true);
    }

    public SagaScenario topicThere(String topic) {
        return asks(PauseSubject.topic(topic), false);
    }

    public SagaScenario registryAway() {
        partition.registry(false);
        return this;
    }

    public SagaScenario definitionsAway() {
        partition.definitions(false);
        return this;
    }

    /** Registry and definitions are back; the kept inputs are handed in again. */
    public SagaScenario allBack() {
        partition.registry(true);
        partition.definitions(true);
        partition.drain();
        return this;
    }

    /** What was kept is handed in again, as the punctuator does. */
    public SagaScenario drained() {
        partition.drain();
        return this;
    }

    public SagaScenario expectNoCommand() {
        Command next = partition.unexpected().peek();
        check(next == null, "no command", next == null ? "" : type(next));
        return this;
    }

    public SagaScenario expectCompleted() {
        return expectNoCommand().expectPhase(Phase.COMPLETED);
    }

    public SagaScenario expectCompensated() {
        return expectNoCommand().expectPhase(Phase.COMPENSATED);
    }

    public SagaScenario expectCompensated(String code) {
        String found = saga().failure().map(it -> it.code()).orElse("no failure");
        check(found.equals(code), "failure " + code, found);
        return expectCompensated();
    }

    public SagaScenario expectHeld(Incident.Code code) {
        return expectNoCommand().expectPhase(Phase.HELD).expectIncident(code);
    }

    public SagaScenario expectIncident(Incident.Code code) {
        Optional<Incident.Code> found = saga().incident().map(Incident::code);
        check(found.equals(Optional.of(code)), "incident " + code, "" + found);
        return this;
    }

    public SagaScenario expectNoIncident() {
        check(saga().incident().isEmpty(), "no incident", "" + saga().incident());
        return this;
    }

    public SagaScenario expectPhase(Phase phase) {
        check(saga().phase() == phase, phase.name(), saga().phase() + " " + saga().state());
        return this;
    }

    public SagaScenario expectStep(String path, StepRecord.Status status) {
        Optional<StepRecord.Status> found =
                saga().steps().stream()
                        .filter(it -> it.path().equals(path))
                        .reduce((first, second) -> second)
                        .map(StepRecord::status);
        check(found.equals(Optional.of(status)), path + " " + status, "" + found);
        return this;
    }

    /** The newest input was rejected so. */
    public SagaScenario expectRejected(Rejection reason) {
        Transition last = partition.lastTransition();
        check(last.answer().equals(Optional.of(reason)), "" + reason, "" + last);
        return this;
    }

    public SagaScenario expectEvent(Class<? extends SagaEvent> event) {
        Transition last = partition.lastTransition();
        boolean found = last.events().stream().anyMatch(event::isInstance);
        check(found, event.getSimpleName(), "" + last);
        return this;
    }

    public SagaScenario expectKept(int inputs) {
        int found = partition.kept();
        check(found == inputs, inputs + " inputs kept", found + " kept");
        return this;
    }

    public SagaScenario expectDeadLetter(String code) {
        check(partition.deadLetters().contains(code), code, "" + partition.deadLetters());
        return this;
    }

    /** The row is gone; whether a marker keeps the key taken. */
    public SagaScenario expectForgotten(boolean marker) {
        check(partition.instance().isEmpty(), "no row", "" + partition.instance());
        check(partition.marker().isPresent() == marker, "marker: " + marker, "not so");
        return this;
    }

    /** The instance as it is stored now. */
    public SagaInstance saga() {
        return partition
                .instance()
                .orElseThrow(() -> new AssertionError("Expected a saga but there is none"));
    }

    /** Log time as the story has it. */
    public Instant now() {
        return partition.now();
    }

    /** The command that was expected last. */
    public Command command() {
        if (current == null) {
            throw new IllegalStateException("Expected expectCommand before an answer");
        }
        return current;
    }

    private static String type(Command command) {
        return command.content().type();
    }

    private void check(boolean holds, String expected, String found) {
        if (!holds) {
            throw new AssertionError(
                    "Expected " + expected + " but got " + found + "\n" + partition.story());
        }
    }
}
