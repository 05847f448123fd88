package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.wire.PauseWriter;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.Delivery;
import io.clew.saga.PauseRequest;
import io.clew.saga.PauseSubject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pauses are records of every partition, and hold from their place in its order on. */
class PausesTest {
    private static final PauseSubject PAYMENT = PauseSubject.participant("payment");

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

    private void asks(String operation, boolean pause) {
        PauseRequest request = new PauseRequest(operation, PAYMENT, pause, "ann", "outage");
        PauseWriter.write(coordinator.parts.inbox(), request).forEach(coordinator::receives);
    }

    private void created(String order) {
        coordinator.receivesTrigger(order);
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
    }

    @Test
    void shouldHoldCommandsToAPausedParticipantAndSendThemWhenItIsResumed() {
        // given
        asks("op-1", true);
        created("o-1");
        created("o-2");
        coordinator.advance(Duration.ofMinutes(20));
        assertThat(coordinator.sent("payment.commands")).isEmpty();

        // when
        asks("op-2", false);
        coordinator.advance(Duration.ofSeconds(1));

        // then
        assertThat(coordinator.sent("payment.commands"))
                .extracting(it -> it.header(WireHeaders.DIRECTION))
                .containsExactly("action", "action");
        assertThat(coordinator.sent("payment.commands"))
                .extracting(it -> it.header(WireHeaders.ATTEMPT))
                .containsExactly("1", "1");
        coordinator.expectFoldIsStored("o-1");
        coordinator.expectFoldIsStored("o-2");
    }

    @Test
    void shouldLetTimeoutsStandStillAndGoOnWithWhatWasLeft() {
        // given
        created("o-1");
        asks("op-1", true);
        coordinator.advance(Duration.ofMinutes(20));
        assertThat(coordinator.instance("o-1").outstanding().get(0).delivery())
                .isInstanceOf(Delivery.Paused.class);

        // when
        asks("op-2", false);
        coordinator.advance(TestDefinitions.TIMEOUT.minusSeconds(1));
        int before = coordinator.sent("payment.commands").size();
        coordinator.advance(Duration.ofSeconds(3));

        // then
        assertThat(before).isEqualTo(1);
        assertThat(coordinator.sent("payment.commands"))
                .extracting(it -> it.header(WireHeaders.ATTEMPT))
                .containsExactly("1", "2");
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldTakeARepeatedRequestOnce() {
        // given
        asks("op-1", true);
        asks("op-2", false);

        // when
        asks("op-1", true);
        created("o-1");

        // then
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
    }

    @Test
    void shouldKeepIndexRowsOfWhatIsHeldAndNoneWhenItHasGoneOn() {
        // given
        asks("op-1", true);
        created("o-1");
        coordinator.advance(Duration.ofMinutes(1));
        int held = coordinator.count(Keys.INDEX);

        // when
        asks("op-2", false);
        coordinator.advance(Duration.ofSeconds(1));

        // then
        assertThat(coordinator.count(Keys.INDEX)).isEqualTo(held - 1);
        assertThat(coordinator.metrics.hintDifferences.sum()).isZero();
    }

    @Test
    void shouldBuryARequestThatCannotBeRead() {
        // given
        RecordHeaders headers = new RecordHeaders();
        headers.add(WireHeaders.KIND, WireHeaders.KIND_PAUSE.getBytes(StandardCharsets.UTF_8));

        // when
        coordinator.receives(
                new ProducerRecord<>(
                        "saga.inbox",
                        0,
                        PAYMENT.key().getBytes(StandardCharsets.UTF_8),
                        "{}".getBytes(StandardCharsets.UTF_8),
                        headers));
        created("o-1");

        // then
        assertThat(coordinator.sent("saga.dead-letters")).hasSize(1);
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
    }
}
