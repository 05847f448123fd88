package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.Phase;
import io.clew.saga.SagaInstance;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimersTest {
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

    private void complete(String order) {
        coordinator.receivesTrigger(order);
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        coordinator.receivesReply(succeeds(coordinator.command("payment.commands")));
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
    }

    @Test
    void shouldSendACommandAgainWhenItsParticipantIsSilent() {
        // given
        coordinator.receivesTrigger("o-1");

        // when
        coordinator.advance(TestDefinitions.TIMEOUT.plusSeconds(1));

        // then
        assertThat(coordinator.sent("order.commands"))
                .extracting(it -> it.header(WireHeaders.ATTEMPT))
                .containsExactly("1", "2");
        assertThat(coordinator.sent("order.commands"))
                .extracting(it -> it.header(WireHeaders.TIME))
                .containsOnly("2026-03-01T10:00:00Z");
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldKeepOneTimerPerSaga() {
        // when
        complete("o-1");

        // then
        assertThat(coordinator.count(Keys.TIMER)).isEqualTo(1);
        Instant due = coordinator.instance("o-1").timer().orElseThrow();
        assertThat(due).isEqualTo(CoordinatorHarness.START.plus(TestDefinitions.RETENTION));
    }

    @Test
    void shouldLeaveAMarkerAfterRetentionAndFreeTheKeyAfterUniqueFor() {
        // given
        complete("o-1");

        // when
        coordinator.step(TestDefinitions.RETENTION.plusSeconds(1));
        coordinator.receivesTrigger("o-1");

        // then
        assertThat(coordinator.find("o-1")).isEmpty();
        assertThat(coordinator.marker("o-1").orElseThrow().outcome()).isEqualTo(Phase.COMPLETED);
        assertThat(coordinator.count(Keys.INDEX)).isZero();

        // and when
        coordinator.step(TestDefinitions.UNIQUE_FOR);
        coordinator.receivesTrigger("o-1");

        // then
        assertThat(coordinator.marker("o-1")).isEmpty();
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.RUNNING);
        assertThat(coordinator.instance("o-1").run()).isEqualTo(coordinator.now().toEpochMilli());
    }

    @Test
    void shouldSendATimerAgainWhenTheInboxDidNotGetIt() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.deaf = true;
        coordinator.step(TestDefinitions.TIMEOUT.plusSeconds(1));
        coordinator.step(Duration.ofSeconds(1));
        assertThat(coordinator.metrics.timersSent()).isEqualTo(1);

        // when
        coordinator.deaf = false;
        coordinator.step(Duration.ofSeconds(5));

        // then
        assertThat(coordinator.metrics.timersSent()).isEqualTo(2);
        assertThat(coordinator.sent("order.commands")).hasSize(2);
    }

    @Test
    void shouldNotSendATimerAgainWhileItWaitsOnTheInbox() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.keepsWhatItSends = true;
        coordinator.step(TestDefinitions.TIMEOUT.plusSeconds(1));
        assertThat(coordinator.toInbox).hasSize(1);

        // when
        coordinator.step(Duration.ofSeconds(50));

        // then
        assertThat(coordinator.metrics.timersSent()).isEqualTo(1);

        // and when
        coordinator.step(Duration.ofSeconds(11));

        // then
        assertThat(coordinator.metrics.timersSent()).isEqualTo(2);
    }

    @Test
    void shouldSendNoMoreTimersAtOnceThanAreTakenSoon() {
        // given
        int atOnce = 1000 / coordinator.parts.inbox().partitions();
        int sagas = atOnce + 100;
        for (int i = 0; i < sagas; i++) {
            coordinator.receivesTrigger("o-" + i);
        }
        coordinator.keepsWhatItSends = true;

        // when
        coordinator.step(TestDefinitions.TIMEOUT);
        ticks(40);

        // then
        assertThat(coordinator.metrics.timersSent()).isEqualTo(atOnce);

        // and when
        coordinator.keepsWhatItSends = false;
        ticks(40);

        // then
        assertThat(coordinator.metrics.timersSent()).isEqualTo(sagas);
        assertThat(coordinator.sent("order.commands")).hasSize(2 * sagas);
    }

    /** Each has little time, and a machine that does something else gives it less. */
    private void ticks(int number) {
        for (int i = 0; i < number; i++) {
            coordinator.step(Duration.ofMillis(50));
        }
    }

    @Test
    void shouldFireATimerArmedBeforeTheWatermark() {
        // given
        coordinator.advance(Duration.ofMinutes(2));
        byte[] watermark = coordinator.store().get(Keys.WATERMARK);
        assertThat(Keys.number(watermark)).isPositive();
        coordinator.setBack(Duration.ofMinutes(1));

        // when
        coordinator.receivesTrigger("o-1");
        coordinator.setBack(Duration.ofMinutes(-1));
        coordinator.advance(Duration.ofSeconds(1));

        // then
        assertThat(coordinator.sent("order.commands")).hasSize(2);
        assertThat(Keys.number(coordinator.store().get(Keys.WATERMARK)))
                .isLessThanOrEqualTo(oldestTimer());
    }

    @Test
    void shouldNotSaveAWatermarkAheadOfNowWhenThereIsNoTimer() {
        // when
        coordinator.advance(Duration.ofMinutes(2));

        // then
        assertThat(Keys.number(coordinator.store().get(Keys.WATERMARK)))
                .isLessThanOrEqualTo(coordinator.now().toEpochMilli());
    }

    @Test
    void shouldNotFireEarlyWhenATimerWasAcknowledgedWhileTheThreadWasBusy() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.threadBehind = Duration.ofSeconds(10);
        coordinator.advance(TestDefinitions.TIMEOUT.plusSeconds(1));
        coordinator.threadBehind = Duration.ZERO;
        coordinator.receivesTrigger("o-2");

        // when
        coordinator.advance(TestDefinitions.TIMEOUT.minusSeconds(5));

        // then
        assertThat(coordinator.instance("o-2").revision()).isEqualTo(1);
    }

    private long oldestTimer() {
        try (var timers =
                coordinator.store().range(Keys.first(Keys.TIMER), Keys.last(Keys.TIMER))) {
            return Keys.timerDue(timers.next().key).toEpochMilli();
        }
    }

    @Test
    void shouldMendAndCountATimerThatIsNotWhatItsInstanceSays() {
        // given
        coordinator.receivesTrigger("o-1");
        Instant due = coordinator.instance("o-1").timer().orElseThrow();
        coordinator.store().delete(Keys.timer(due, CoordinatorHarness.saga("o-1")));

        // when
        coordinator.advance(Duration.ofSeconds(20));

        // then
        assertThat(coordinator.metrics.hintDifferences()).isEqualTo(1);
        assertThat(coordinator.sent("order.commands")).hasSizeGreaterThan(1);
    }

    @Test
    void shouldMendAnIndexRowThatStays() {
        // given
        coordinator.receivesTrigger("o-1");
        SagaInstance saga = coordinator.instance("o-1");
        int rows = coordinator.count(Keys.INDEX);
        Bytes ofAnotherPhase = index(IndexKeys.byPhase(Phase.PAUSED, "order-fulfilment"), saga);
        Bytes ofAnIncident = index(IndexKeys.byIncident("order-fulfilment"), saga);
        coordinator.store().put(ofAnotherPhase, Hints.row());
        coordinator.store().put(ofAnIncident, Hints.row());
        coordinator.store().put(IndexKeys.noted(saga.id()), Hints.row());

        // when
        coordinator.advance(Duration.ofSeconds(20));

        // then
        assertThat(coordinator.metrics.hintDifferences()).isEqualTo(2);
        assertThat(coordinator.store().get(ofAnotherPhase)).isNull();
        assertThat(coordinator.store().get(ofAnIncident)).isNull();
        assertThat(coordinator.store().get(IndexKeys.noted(saga.id()))).isNotNull();
        assertThat(coordinator.count(Keys.INDEX)).isEqualTo(rows + 1);
    }

    private static Bytes index(byte[] prefix, SagaInstance saga) {
        byte[] id = saga.id().value().getBytes(UTF_8);
        byte[] from = IndexKeys.from(prefix, saga.run()).get();
        return Bytes.wrap(ByteBuffer.allocate(from.length + id.length).put(from).put(id).array());
    }

    @Test
    void shouldFindNoDifferenceInAWholeLife() {
        // when
        complete("o-1");
        coordinator.receivesTrigger("o-2");
        coordinator.advance(Duration.ofMinutes(1));

        // then
        assertThat(coordinator.metrics.hintDifferences()).isZero();
        coordinator.expectFoldIsStored("o-1");
        coordinator.expectFoldIsStored("o-2");
    }

    @Test
    void shouldEndByDeadlineWhenNobodyAnswers() {
        // given
        coordinator.receivesTrigger("o-1");

        // when
        coordinator.advance(TestDefinitions.DEADLINE.plusSeconds(30));

        // then
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.COMPENSATING);
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.COMPENSATED);
        coordinator.expectFoldIsStored("o-1");
    }
}
