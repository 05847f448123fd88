package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.Incident;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Phase;
import io.clew.saga.QueuedInput;
import io.clew.saga.Rejection;
import io.clew.saga.SagaInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever throws, no saga is stuck without an incident, and all others go on. */
class LastNetTest {
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

    private void troubled() {
        coordinator.trouble = Optional.of(new IllegalStateException("nobody knows why"));
    }

    private void mended() {
        coordinator.trouble = Optional.empty();
    }

    private void retry(String order, String operation) {
        coordinator.receivesIntervention(order, operation, new InterventionRequest.Retry());
        coordinator.advance(Duration.ofSeconds(6));
    }

    private Incident noted(String order) {
        return coordinator.read(order).noted().orElseThrow();
    }

    /** A reply to it has been kept, since the definitions threw. */
    private void isolated(String order) {
        coordinator.receivesTrigger(order);
        troubled();
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        mended();
    }

    /** Its row is not what this binary writes; gives the row that was there. */
    private SagaInstance spoilt(String order) {
        coordinator.receivesTrigger(order);
        Sent command = coordinator.command("order.commands");
        SagaInstance was = coordinator.instance(order);
        coordinator.store().put(Keys.instance(was.id()), new byte[] {Byte.MAX_VALUE});
        coordinator.forgetMemory();
        coordinator.receivesReply(succeeds(command));
        return was;
    }

    @Test
    void shouldRaiseAnIncidentAndGoOnWithOtherSagas() {
        // when
        isolated("o-1");
        coordinator.receivesTrigger("o-2");

        // then
        SagaInstance stuck = coordinator.instance("o-1");
        assertThat(stuck.phase()).isEqualTo(Phase.HELD);
        assertThat(stuck.incident().orElseThrow().code()).isEqualTo(Incident.Code.INPUT_FAULT);
        assertThat(stuck.incident().orElseThrow().reason()).contains("reply", "nobody knows why");
        assertThat(coordinator.instance("o-2").phase()).isEqualTo(Phase.RUNNING);
        assertThat(coordinator.metrics.isolated()).isEqualTo(1);
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldHandItInAgainOnlyWhenARetryIsAccepted() {
        // given
        isolated("o-1");

        // when
        coordinator.receivesIntervention(
                "o-1", "op-1", new InterventionRequest.Skip(Optional.empty()));
        coordinator.receivesIntervention("o-1", "op-2", new InterventionRequest.Pause());
        coordinator.receivesIntervention("o-1", "op-3", new InterventionRequest.Retry());
        coordinator.receivesIntervention("o-1", "op-4", new InterventionRequest.Resume());
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(coordinator.transitions())
                .extracting(it -> it.answer())
                .contains(Optional.of(Rejection.NOT_ALLOWED));
        assertThat(coordinator.read("o-1").queued().flatMap(QueuedInput::fault)).isPresent();
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.HELD);
        assertThat(coordinator.sent("payment.commands")).isEmpty();

        // and when
        retry("o-1", "op-5");

        // then
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
        assertThat(coordinator.instance("o-1").incident()).isEmpty();
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldRefuseARetryAsLongAsItWouldThrow() {
        // given
        isolated("o-1");
        troubled();

        // when
        retry("o-1", "op-1");

        // then
        assertThat(coordinator.answers).containsExactly(Optional.of(Rejection.FAULTED));
        assertThat(coordinator.instance("o-1").incident()).isPresent();

        // and when
        mended();
        retry("o-1", "op-2");

        // then
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
    }

    @Test
    void shouldNoteAnIncidentOfASagaThatCouldNotEvenStart() {
        // given
        troubled();
        coordinator.receivesTrigger("o-1");
        assertThat(coordinator.find("o-1")).isEmpty();
        assertThat(noted("o-1").reason()).contains("trigger", "nobody knows why");
        assertThat(coordinator.count(Keys.INDEX)).isEqualTo(1);

        // when
        mended();
        coordinator.advance(Duration.ofSeconds(10));
        assertThat(coordinator.find("o-1")).isEmpty();
        retry("o-1", "op-1");

        // then
        assertThat(coordinator.answers).containsExactly(Optional.empty());
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.RUNNING);
        assertThat(coordinator.read("o-1").noted()).isEmpty();
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldNoteTheIncidentAgainWhenTheRetriedInputStillThrows() {
        // given
        spoilt("o-1");
        assertThat(coordinator.read("o-1").unreadable()).isPresent();
        assertThat(noted("o-1").code()).isEqualTo(Incident.Code.INPUT_FAULT);

        // when
        retry("o-1", "op-1");
        coordinator.receivesIntervention("o-1", "op-2", new InterventionRequest.Abandon());
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(coordinator.answers)
                .containsExactly(Optional.empty(), Optional.of(Rejection.FAULTED));
        assertThat(noted("o-1").reason()).contains("the row of order-fulfilment:o-1");
        assertThat(coordinator.read("o-1").queued().flatMap(QueuedInput::fault)).isPresent();
    }

    @Test
    void shouldGoOnWithASagaWhoseRowCanBeReadAgain() {
        // given
        SagaInstance was = spoilt("o-1");

        // when
        coordinator.store().put(Keys.instance(was.id()), InstanceCodec.encode(was));
        retry("o-1", "op-1");

        // then
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
        assertThat(coordinator.instance("o-1").incident()).isEmpty();
        assertThat(coordinator.read("o-1").noted()).isEmpty();
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldNoteAnIncidentWhenEvenWhatIsKeptCannotBeRead() {
        // given
        coordinator.definitions.clear();
        coordinator.receivesTrigger("o-1");
        coordinator
                .store()
                .put(
                        Keys.queued(CoordinatorHarness.saga("o-1"), new InboxPlace(0, 0)),
                        new byte[] {Byte.MAX_VALUE});

        // when
        coordinator.advance(Duration.ofSeconds(6));
        coordinator.receivesTrigger("o-1");

        // then
        assertThat(noted("o-1").reason()).contains("an input kept with order-fulfilment:o-1");
        assertThat(coordinator.count(Keys.QUEUE)).isEqualTo(3);
    }

    @Test
    void shouldLeaveASagaEndedAndLetTheInputGoByARetry() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent command = coordinator.command("order.commands");
        coordinator.receivesIntervention("o-1", "op-1", new InterventionRequest.Abandon());
        troubled();
        coordinator.receivesReply(succeeds(command));
        mended();
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.ABANDONED);
        assertThat(coordinator.read("o-1").noted()).isPresent();

        // when
        retry("o-1", "op-2");

        // then
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.ABANDONED);
        assertThat(coordinator.read("o-1").noted()).isEmpty();
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
    }

    @Test
    void shouldMakeADeadLetterOfWhatIsTooLargeToBeKept() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent command = coordinator.command("order.commands");
        troubled();

        // when
        coordinator.receivesReply(
                succeeds(command)
                        .with(
                                WireHeaders.REASON,
                                "x".repeat(EngineSettings.DEFAULT_MAX_ROW_BYTES + 1)));

        // then
        assertThat(coordinator.sent("saga.dead-letters"))
                .extracting(it -> it.header(WireHeaders.DLT_CAUSE))
                .containsExactly("UNPROCESSABLE");
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
    }
}
