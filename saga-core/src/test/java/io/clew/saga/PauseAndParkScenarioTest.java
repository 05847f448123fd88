package io.clew.saga;

import static io.clew.saga.Orders.charge;
import static io.clew.saga.Orders.createOrder;
import static io.clew.saga.Orders.order;
import static io.clew.saga.Orders.orderSaga;
import static io.clew.saga.testkit.SagaScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PauseAndParkScenarioTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static SagaScenario charging() {
        return given(
                        order().deadline(Duration.ofDays(1))
                                .step(createOrder())
                                .step(charge().giveUpAfter(Duration.ofSeconds(80)))
                                .build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment");
    }

    private static SagaScenario paused() {
        return charging().intervenes(new InterventionRequest.Pause()).expectPhase(Phase.PAUSED);
    }

    @Test
    void shouldSendNothingWhilePausedAndWaitAsLongAsWasLeftWhenResumed() {
        charging()
                .silentFor(Duration.ofSeconds(20))
                .intervenes(new InterventionRequest.Pause())
                .silentFor(HOUR)
                .expectNoCommand()
                .intervenes(new InterventionRequest.Resume())
                .silentFor(Duration.ofSeconds(9))
                .expectNoCommand()
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2);
    }

    @Test
    void shouldApplyARefusalWhilePausedAndCompensateWhenResumed() {
        paused().failsWith("CARD_DECLINED")
                .expectPhase(Phase.PAUSED)
                .silentFor(HOUR)
                .expectNoCommand()
                .intervenes(new InterventionRequest.Resume())
                .expectCommand("order", "CancelOrder")
                .onAttempt(1)
                .succeeds()
                .expectCompensated("CARD_DECLINED");
    }

    @Test
    void shouldCompleteWhilePausedWhenTheLastReplyArrives() {
        paused().succeeds().expectCompleted();
    }

    @Test
    void shouldBeQuietWhileATopicIsMissingAndGoOnAtOnceWhenItIsThere() {
        SagaScenario parked =
                given(order().deadline(HOUR).step(createOrder()).build())
                        .topicMissing("order.commands")
                        .triggeredBy("o-1")
                        .silentFor(Duration.ofMinutes(10))
                        .expectNoCommand();

        assertThat(parked.saga().revision()).isEqualTo(1);
        parked.topicThere("order.commands").expectCommand("order", "CreateOrder").onAttempt(1);
    }

    @Test
    void shouldActOnAPassedDeadlineWithoutSendingTheActionWhenResumed() {
        given(order().deadline(Duration.ofMinutes(10)).step(createOrder()).step(charge()).build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .intervenes(new InterventionRequest.Pause())
                .succeeds()
                .silentFor(HOUR)
                .intervenes(new InterventionRequest.Resume())
                .expectCommand("payment", "RefundPayment")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.DEADLINE);
    }

    @Test
    void shouldGiveUpAtOnceWhatWasNeverSentWhenCancelled() {
        given(order().deadline(HOUR).step(createOrder()).step(charge()).build())
                .topicMissing("payment.commands")
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .silentFor(Duration.ofMinutes(5))
                .intervenes(new InterventionRequest.Cancel())
                .expectPhase(Phase.COMPENSATING)
                .expectNoCommand()
                .topicThere("payment.commands")
                .expectCommand("payment", "RefundPayment")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("CANCELLED");
    }

    @Test
    void shouldStayParkedWhenResumedWhileTheTopicIsMissing() {
        paused().topicMissing("order.commands")
                .failsWith("CARD_DECLINED")
                .intervenes(new InterventionRequest.Resume())
                .expectNoCommand()
                .expectPhase(Phase.COMPENSATING)
                .topicThere("order.commands")
                .silentFor(Duration.ofSeconds(3))
                .expectCommand("order", "CancelOrder");
    }

    @Test
    void shouldCancelWhilePausedAndSendTheCompensationWhenResumed() {
        paused().errs("DOWN")
                .intervenes(new InterventionRequest.Cancel())
                .expectNoCommand()
                .intervenes(new InterventionRequest.Resume())
                .expectCommand("payment", "RefundPayment");
    }

    @Test
    void shouldKeepItsIncidentWhilePaused() {
        RetryPolicy once = new RetryPolicy(1, Duration.ofSeconds(1), 1, Duration.ofSeconds(1));
        given(order().step(createOrder().compensationRetry(once)).step(charge()).build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .failsWith("CARD_DECLINED")
                .expectCommand("order", "CancelOrder")
                .errs("DOWN")
                .expectHeld(Incident.Code.COMPENSATION_SPENT)
                .intervenes(new InterventionRequest.Pause())
                .intervenes(new InterventionRequest.Retry())
                .expectRejected(Rejection.NOT_ALLOWED)
                .intervenes(new InterventionRequest.Resume())
                .expectHeld(Incident.Code.COMPENSATION_SPENT)
                .intervenes(new InterventionRequest.Retry())
                .expectCommand("order", "CancelOrder")
                .onAttempt(2)
                .succeeds()
                .expectCompensated();
    }

    @Test
    void shouldParkWhileATopicIsMissingAndSendTheFrozenBytesWhenItIsThere() {
        given(orderSaga())
                .topicMissing("payment.commands")
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds("created")
                .expectEvent(SagaEvent.CommandPaused.class)
                .expectNoCommand()
                .silentFor(Duration.ofMinutes(5))
                .topicThere("payment.commands")
                .expectCommand("payment", "ChargePayment")
                .onAttempt(1)
                .saying("ChargePayment(o-1 {createOrder=created})")
                .silentFor(Duration.ofSeconds(29))
                .succeeds();
    }

    @Test
    void shouldStartTheTimeoutWhenAParkedCommandIsFirstSent() {
        given(orderSaga(charge().giveUpAfter(Duration.ofSeconds(60))))
                .topicMissing("payment.commands")
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .silentFor(Duration.ofMinutes(5))
                .topicThere("payment.commands")
                .expectCommand("payment", "ChargePayment")
                .onAttempt(1)
                .silentFor(Duration.ofSeconds(29))
                .expectNoCommand()
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2);
    }

    @Test
    void shouldApplyAReplyWhenItsCommandIsParked() {
        charging()
                .topicMissing("payment.commands")
                .silentFor(Duration.ofSeconds(31))
                .expectNoCommand()
                .late("ChargePayment", 1, new Outcome.Succeeded(Optional.empty()))
                .expectCompleted();
    }

    @Test
    void shouldSendAgainAtOnceWhatWentAwayWithItsTopic() {
        SagaScenario sent = charging().topicMissing("payment.commands");
        sent.input(new SagaInput.TimerFired(sent.now()))
                .expectEvent(SagaEvent.CommandPaused.class)
                .silentFor(HOUR)
                .expectNoCommand()
                .topicThere("payment.commands")
                .expectCommand("payment", "ChargePayment")
                .onAttempt(1)
                .silentFor(Duration.ofSeconds(29))
                .expectNoCommand()
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldNotSendAgainWhatIsCancelledWhenItsTopicIsBack() {
        SagaScenario sent = charging().topicMissing("payment.commands");
        sent.input(new SagaInput.TimerFired(sent.now()))
                .intervenes(new InterventionRequest.Cancel())
                .topicThere("payment.commands")
                .expectNoCommand()
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("payment", "RefundPayment");
    }

    @Test
    void shouldTellWhatIsAllowedInEachPhase() {
        charging()
                .intervenes(new InterventionRequest.Resume())
                .expectRejected(Rejection.NOT_ALLOWED)
                .intervenes(new InterventionRequest.Retry())
                .expectRejected(Rejection.NOT_ALLOWED)
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectRejected(Rejection.NOT_ALLOWED)
                .intervenes(new InterventionRequest.Pause())
                .intervenes(new InterventionRequest.Pause())
                .expectRejected(Rejection.NOT_ALLOWED);
    }

    @Test
    void shouldStampACommandWithTheTimeOfItsRecordWhenATimerFiredEarly() {
        Duration deadline = Duration.ofSeconds(20);
        SagaScenario scenario =
                given(order().deadline(deadline).step(createOrder()).step(charge()).build())
                        .triggeredBy("o-1")
                        .expectCommand("order", "CreateOrder")
                        .succeeds()
                        .expectCommand("payment", "ChargePayment")
                        .silentFor(Duration.ofMillis(19_500));
        Instant start = scenario.saga().startedAt();
        scenario.input(new SagaInput.TimerFired(start.plus(deadline)))
                .expectCommand("payment", "RefundPayment");
        assertThat(scenario.saga().outstanding().get(0).command().decidedAt())
                .isEqualTo(start.plusMillis(19_500));
    }
}
