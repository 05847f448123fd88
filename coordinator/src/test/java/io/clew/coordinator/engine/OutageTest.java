package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.SchemaStatus;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Phase;
import io.clew.saga.QueuedInput;
import io.clew.saga.Transition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outage is not poison, and poison is not an outage. */
class OutageTest {
    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;

    @BeforeEach
    void open() {
        coordinator = new CoordinatorHarness(stateDir);
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    @Test
    void shouldKeepInputsInOrderWhileADefinitionIsNotHereYet() {
        // given
        coordinator.definitions.clear();
        coordinator.receivesTrigger("o-1");
        coordinator.receivesTrigger("o-1");
        coordinator.advance(Duration.ofSeconds(30));
        assertThat(coordinator.find("o-1")).isEmpty();
        assertThat(coordinator.sent("saga.dead-letters")).isEmpty();

        // when
        coordinator.definitions.put(TestDefinitions.ORDER, TestDefinitions.order());
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(coordinator.instance("o-1").run())
                .isEqualTo(CoordinatorHarness.START.toEpochMilli());
        assertThat(coordinator.transitions())
                .extracting(Transition::cause)
                .extracting(position -> position.offset())
                .startsWith(0L, 1L);
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldCountWhatIsKeptByWhatItWaitsFor() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.receivesReply(
                succeeds(coordinator.command("order.commands"))
                        .with(TestDefinitions.note(TestDefinitions.UNFETCHED_SCHEMA_ID, "done")));
        coordinator.receivesIntervention("o-1", "op-1", new InterventionRequest.Pause());
        coordinator.step(Duration.ofSeconds(1));
        coordinator.definitions.clear();
        coordinator.receivesTrigger("o-2");

        // when
        coordinator.advance(Duration.ofSeconds(2));

        // then
        String schema = "schema id " + TestDefinitions.UNFETCHED_SCHEMA_ID + " is being fetched";
        String definition = "definition " + TestDefinitions.ORDER + " is not here yet";
        assertThat(coordinator.progress.kept().reasons())
                .isEqualTo(Map.of(schema, 2L, definition, 1L));
        assertThat(coordinator.progress.kept().oldest()).contains(CoordinatorHarness.START);

        // and when
        coordinator.schemas.put(
                TestDefinitions.UNFETCHED_SCHEMA_ID,
                new SchemaStatus.Present(TestDefinitions.NOTE));
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(coordinator.progress.kept().reasons()).isEqualTo(Map.of(definition, 3L));

        // and when
        coordinator.definitions.put(TestDefinitions.ORDER, TestDefinitions.order());
        coordinator.advance(Duration.ofSeconds(7));

        // then
        assertThat(coordinator.progress.kept()).isEqualTo(PartitionProgress.Kept.NOTHING);
    }

    @Test
    void shouldCountAnInputThatFailedAsWaitingForAnOperator() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent command = coordinator.command("order.commands");
        coordinator.trouble = Optional.of(new IllegalStateException("nobody knows why"));
        coordinator.receivesReply(succeeds(command));
        coordinator.trouble = Optional.empty();

        // when
        coordinator.advance(Duration.ofSeconds(2));

        // then
        assertThat(coordinator.progress.kept().reasons())
                .isEqualTo(Map.of(QueuedInput.OPERATOR, 1L));
    }

    @Test
    void shouldKeepAReplyWhileItsSchemaCannotBeFetchedAndLetLaterInputsWait() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent command = coordinator.command("order.commands");
        coordinator.receivesReply(
                succeeds(command)
                        .with(TestDefinitions.note(TestDefinitions.UNFETCHED_SCHEMA_ID, "done")));
        coordinator.receivesIntervention("o-1", "op-1", new InterventionRequest.Pause());
        coordinator.advance(Duration.ofSeconds(2));
        assertThat(coordinator.instance("o-1").revision()).isEqualTo(1);

        // when
        coordinator.schemas.put(
                TestDefinitions.UNFETCHED_SCHEMA_ID,
                new SchemaStatus.Present(TestDefinitions.NOTE));
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.PAUSED);
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldNotFillTheQueueOfASagaWithItsOwnTimers() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent command = coordinator.command("order.commands");
        coordinator.receivesReply(
                succeeds(command)
                        .with(TestDefinitions.note(TestDefinitions.UNFETCHED_SCHEMA_ID, "done")));
        int kept = coordinator.count(Keys.QUEUE);

        // when
        coordinator.advance(TestDefinitions.TIMEOUT.plusSeconds(60));

        // then
        assertThat(coordinator.count(Keys.QUEUE)).isEqualTo(kept);

        // and when
        coordinator.schemas.put(
                TestDefinitions.UNFETCHED_SCHEMA_ID,
                new SchemaStatus.Present(TestDefinitions.NOTE));
        coordinator.advance(TestDefinitions.TIMEOUT.plusSeconds(7));

        // then
        assertThat(coordinator.sent("payment.commands"))
                .extracting(it -> it.header(WireHeaders.ATTEMPT))
                .startsWith("1", "2");
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldHandInOtherQueuesWhenOneCannotBeRead() {
        // given
        coordinator.definitions.clear();
        coordinator.receivesTrigger("o-1");
        coordinator.receivesTrigger("o-2");
        coordinator
                .store()
                .put(
                        Keys.queued(CoordinatorHarness.saga("o-1"), new InboxPlace(0, 0)),
                        new byte[] {Byte.MAX_VALUE});

        // when
        coordinator.definitions.put(TestDefinitions.ORDER, TestDefinitions.order());
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(coordinator.find("o-1")).isEmpty();
        assertThat(coordinator.instance("o-2").phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void shouldMakeDeadLettersOfInterventionsThatFitNoRequest() {
        // given
        coordinator.receivesTrigger("o-1");

        // when
        for (int i = 0; i < 2; i++) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(
                            "saga.inbox",
                            CoordinatorHarness.saga("o-1").value().getBytes(UTF_8),
                            "{\"operationId\":\"a\",\"request\":\"skip\",\"result\":5}"
                                    .getBytes(UTF_8));
            record.headers().add(WireHeaders.KIND, WireHeaders.KIND_INTERVENTION.getBytes(UTF_8));
            coordinator.receives(record);
        }
        coordinator.advance(Duration.ofSeconds(2));

        // then
        assertThat(coordinator.sent("saga.dead-letters"))
                .extracting(it -> it.header(WireHeaders.DLT_CAUSE))
                .containsExactly("BAD_INTERVENTION", "BAD_INTERVENTION");
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
    }

    @Test
    void shouldMakeDeadLettersOfWhatCanNeverBeRead() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent command = coordinator.command("order.commands");

        // when
        coordinator.receivesReply(
                succeeds(command).with(TestDefinitions.note(TestDefinitions.NO_SCHEMA_ID, "x")));
        coordinator.receivesReply(succeeds(command).with(io.clew.saga.Bytes.utf8("{}")));
        coordinator.receivesReply(succeeds(command).without(WireHeaders.KIND));
        coordinator.receivesReply(succeeds(command).with(WireHeaders.KIND, "gossip"));
        coordinator.receivesReply(succeeds(command).with(WireHeaders.ATTEMPT, "first"));
        coordinator.receivesReply(succeeds(command).with(WireHeaders.OUTCOME, "perhaps"));
        coordinator.receivesReply(succeeds(command).with(WireHeaders.SAGA_ID, "other:o-1"));

        // then
        assertThat(coordinator.sent("saga.dead-letters"))
                .extracting(it -> it.header(WireHeaders.DLT_CAUSE))
                .containsExactly(
                        "UNKNOWN_SCHEMA",
                        "BAD_FRAME",
                        "MISSING_HEADER",
                        "UNKNOWN_KIND",
                        "BAD_HEADER",
                        "BAD_HEADER",
                        "OTHER_SAGA");
        assertThat(coordinator.instance("o-1").revision()).isEqualTo(1);
    }

    @Test
    void shouldKeepADeadLetterAsItWasAndSayWhereItIsFrom() {
        // when
        coordinator.receivesReply(
                new TestReply(
                        new org.apache.kafka.clients.producer.ProducerRecord<>(
                                "saga.inbox", 0, new byte[] {1, 2}, new byte[] {3})));

        // then
        Sent letter = coordinator.sent("saga.dead-letters").get(0);
        assertThat(letter.record().key()).containsExactly(1, 2);
        assertThat(letter.record().value()).containsExactly(3);
        assertThat(letter.header(WireHeaders.DLT_CAUSE)).isEqualTo("BAD_SAGA_ID");
        assertThat(letter.header(WireHeaders.DLT_TOPIC)).isEqualTo("saga.inbox");
        assertThat(letter.header(WireHeaders.DLT_PARTITION)).isEqualTo("0");
        assertThat(letter.header(WireHeaders.DLT_OFFSET)).isEqualTo("0");
        assertThat(letter.header(WireHeaders.DLT_TIME)).isEqualTo("2026-03-01T10:00:00Z");
    }

    @Test
    void shouldMakeADeadLetterOfAnInterventionForASagaNobodyKnows() {
        // when
        coordinator.receivesIntervention("o-9", "op-1", new InterventionRequest.Cancel());

        // then
        assertThat(coordinator.sent("saga.dead-letters"))
                .extracting(it -> it.header(WireHeaders.DLT_CAUSE))
                .containsExactly("UNKNOWN_SAGA");
    }

    @Test
    void shouldAnswerARepeatedOperationWithARejection() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.receivesIntervention("o-1", "op-1", new InterventionRequest.Pause());

        // when
        coordinator.receivesIntervention("o-1", "op-1", new InterventionRequest.Pause());

        // then
        assertThat(coordinator.instance("o-1").revision()).isEqualTo(2);
        assertThat(coordinator.transitions().get(2).rejection())
                .isEqualTo(Optional.of(io.clew.saga.Rejection.OPERATION_REPEATED));
    }
}
