package io.clew.saga;

import static io.clew.saga.Orders.charge;
import static io.clew.saga.Orders.createOrder;
import static io.clew.saga.Orders.order;
import static io.clew.saga.testkit.SagaScenario.given;

import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Definitions and participants paused as a whole. */
class PausesScenarioTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PauseSubject PAYMENT = PauseSubject.participant("payment");
    private static final PauseSubject ORDERS = PauseSubject.definition("order");

    /** Silent after 30 s, given up after 80 s, and a deadline of two hours. */
    private static SagaScenario created() {
        return given(
                        order().deadline(HOUR.multipliedBy(2))
                                .step(createOrder())
                                .step(charge().giveUpAfter(Duration.ofSeconds(80)))
                                .build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder");
    }

    private static SagaScenario charging() {
        return created().succeeds().expectCommand("payment", "ChargePayment");
    }

    @Test
    void shouldDecideButNotSendWhileTheParticipantIsPaused() {
        created()
                .pauses(PAYMENT)
                .succeeds()
                .expectNoCommand()
                .expectEvent(SagaEvent.CommandPaused.class)
                .silentFor(HOUR)
                .expectNoCommand()
                .resumes(PAYMENT)
                .expectCommand("payment", "ChargePayment")
                .onAttempt(1)
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldWaitAsLongAsWasLeftWhenTheParticipantIsResumed() {
        charging()
                .silentFor(Duration.ofSeconds(20))
                .pauses(PAYMENT)
                .silentFor(HOUR)
                .expectNoCommand()
                .resumes(PAYMENT)
                .silentFor(Duration.ofSeconds(9))
                .expectNoCommand()
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2);
    }

    @Test
    void shouldCountPausesThatBeganAndEndedBetweenTwoTimers() {
        charging()
                .silentFor(Duration.ofSeconds(5))
                .pauses(PAYMENT)
                .silentFor(Duration.ofSeconds(10))
                .pauses(ORDERS)
                .silentFor(Duration.ofSeconds(5))
                .resumes(PAYMENT)
                .silentFor(Duration.ofSeconds(5))
                .resumes(ORDERS)
                .silentFor(Duration.ofSeconds(24))
                .expectNoCommand()
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2);
    }

    @Test
    void shouldNotGiveUpForTimeThatStoodStill() {
        charging()
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("payment", "ChargePayment")
                .pauses(PAYMENT)
                .silentFor(HOUR)
                .resumes(PAYMENT)
                .silentFor(Duration.ofSeconds(40))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(3)
                .silentFor(Duration.ofSeconds(35))
                .expectCommand("payment", "RefundPayment");
    }

    @Test
    void shouldApplyAReplyThatComesInAPause() {
        charging().pauses(PAYMENT).silentFor(Duration.ofMinutes(5)).succeeds().expectCompleted();
    }

    @Test
    void shouldBackOffForAnErrorInAPauseAndSendAgainAfterIt() {
        charging()
                .pauses(PAYMENT)
                .silentFor(Duration.ofMinutes(5))
                .errs("BUSY")
                .silentFor(HOUR)
                .expectNoCommand()
                .resumes(PAYMENT)
                .silentFor(Duration.ofSeconds(10))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2);
    }

    @Test
    void shouldCompensateAtTheDeadlineAsFarAsNothingIsPaused() {
        charging()
                .pauses(PAYMENT)
                .silentFor(HOUR.multipliedBy(3))
                .expectPhase(Phase.COMPENSATING)
                .expectNoCommand()
                .resumes(PAYMENT)
                .expectCommand("payment", "RefundPayment")
                .onAttempt(1)
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("DEADLINE");
    }

    @Test
    void shouldLetTheDeadlineActWhenTheDefinitionIsResumed() {
        charging()
                .pauses(ORDERS)
                .silentFor(HOUR.multipliedBy(3))
                .expectPhase(Phase.RUNNING)
                .expectNoCommand()
                .resumes(ORDERS)
                .expectCommand("payment", "RefundPayment");
    }

    @Test
    void shouldNotActOnADeadlineBeforeAnythingIsSilent() {
        given(order().deadline(Duration.ofSeconds(20)).step(createOrder()).step(charge()).build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .pauses(ORDERS)
                .silentFor(HOUR)
                .expectPhase(Phase.RUNNING)
                .expectNoCommand()
                .resumes(ORDERS)
                .expectCommand("payment", "RefundPayment");
    }

    @Test
    void shouldStartASagaOfAPausedDefinitionAndSendNothing() {
        SagaScenario.given(order().step(createOrder()).step(charge()).build())
                .pauses(ORDERS)
                .triggeredBy("o-1")
                .expectPhase(Phase.RUNNING)
                .expectNoCommand()
                .resumes(ORDERS)
                .expectCommand("order", "CreateOrder");
    }

    @Test
    void shouldWaitForTheOutcomeOfWhatIsPausedWhenCancelled() {
        charging()
                .pauses(PAYMENT)
                .silentFor(HOUR)
                .intervenes(new InterventionRequest.Cancel())
                .expectPhase(Phase.RUNNING)
                .resumes(PAYMENT)
                .late("ChargePayment", 1, new Outcome.Failed("CARD_DECLINED", "refused"))
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("CANCELLED");
    }

    @Test
    void shouldMoveWaitsByThePauseOfTheSagaAndOfItsParticipant() {
        charging()
                .silentFor(Duration.ofSeconds(10))
                .pauses(PAYMENT)
                .silentFor(Duration.ofSeconds(5))
                .intervenes(new InterventionRequest.Pause())
                .silentFor(Duration.ofSeconds(5))
                .resumes(PAYMENT)
                .silentFor(HOUR)
                .intervenes(new InterventionRequest.Resume())
                .silentFor(Duration.ofSeconds(19))
                .expectNoCommand()
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2);
    }
}
