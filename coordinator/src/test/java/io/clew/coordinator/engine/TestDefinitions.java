package io.clew.coordinator.engine;

import io.clew.avro.AvroFrame;
import io.clew.saga.Bytes;
import io.clew.saga.CommandSpec;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Mapping;
import io.clew.saga.Node;
import io.clew.saga.ResultCheck;
import io.clew.saga.RetryPolicy;
import io.clew.saga.SagaDefinition;
import io.clew.saga.Sequence;
import io.clew.saga.Step;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** A saga of three steps, made by hand, with real Avro values. */
final class TestDefinitions {
    static final int SCHEMA_ID = 7;
    static final int UNFETCHED_SCHEMA_ID = 8;
    static final int NO_SCHEMA_ID = 9;
    static final Schema NOTE =
            SchemaBuilder.record("io.clew.order.Note").fields().requiredString("text").endRecord();
    static final DefinitionRef ORDER = new DefinitionRef("order-fulfilment", 1, "abc123");
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final Duration DEADLINE = Duration.ofMinutes(30);
    static final Duration RETENTION = Duration.ofDays(7);
    static final Duration UNIQUE_FOR = Duration.ofDays(30);

    private TestDefinitions() {}

    static SagaDefinition order() {
        return order(scope -> note(scope.saga() + " " + scope.outputs().size()));
    }

    static SagaDefinition order(Mapping charge) {
        return new SagaDefinition(
                ORDER,
                DEADLINE,
                RETENTION,
                UNIQUE_FOR,
                Sequence.of(
                        step("createOrder", "order", scope -> note("create " + scope.saga())),
                        step("chargePayment", "payment", charge),
                        confirm()));
    }

    /** The same saga with participants that must not be silent for long. */
    static SagaDefinition withTimeout(Duration timeout) {
        SagaDefinition order = order();
        List<Node> steps =
                order.steps().stream()
                        .map(
                                it ->
                                        (Node)
                                                new Step(
                                                        it.name(),
                                                        it.when(),
                                                        it.kind(),
                                                        withTimeout(it.action(), timeout),
                                                        it.compensation(),
                                                        it.giveUpAfter(),
                                                        it.onFailure()))
                        .toList();
        return new SagaDefinition(ORDER, DEADLINE, RETENTION, UNIQUE_FOR, new Sequence(steps));
    }

    private static CommandSpec withTimeout(CommandSpec spec, Duration timeout) {
        return new CommandSpec(
                spec.participant(),
                spec.topic(),
                spec.type(),
                spec.mapping(),
                spec.result(),
                timeout,
                spec.retry());
    }

    private static Step step(String name, String participant, Mapping mapping) {
        Mapping back = scope -> note("undo " + name + " " + scope.failure().orElseThrow().code());
        return new Step(
                name,
                Optional.empty(),
                StepKind.COMPENSATABLE,
                command(participant, "Do_" + name, mapping, RetryPolicy.DEFAULT),
                Optional.of(
                        command(
                                participant,
                                "Undo_" + name,
                                back,
                                RetryPolicy.DEFAULT_COMPENSATION)),
                Optional.empty(),
                Map.of());
    }

    private static Step confirm() {
        return new Step(
                "confirmOrder",
                Optional.empty(),
                StepKind.RETRIABLE,
                command("order", "Do_confirmOrder", scope -> note("confirm"), RetryPolicy.DEFAULT),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private static CommandSpec command(
            String participant, String type, Mapping mapping, RetryPolicy retry) {
        return new CommandSpec(
                participant,
                participant + ".commands",
                "io.clew.test." + type,
                mapping,
                ResultCheck.ANY,
                TIMEOUT,
                retry);
    }

    static Bytes note(String text) {
        return note(SCHEMA_ID, text);
    }

    static Bytes note(int schemaId, String text) {
        GenericRecord note = new GenericData.Record(NOTE);
        note.put("text", text);
        return Bytes.wrap(AvroFrame.encode(schemaId, NOTE, note));
    }
}
