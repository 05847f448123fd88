package io.clew.saga;

import static io.clew.saga.Orders.charge;
import static io.clew.saga.Orders.orderSaga;
import static io.clew.saga.testkit.SagaScenario.given;

import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompensationScenarioTest {
    private static final RetryPolicy TWICE =
            new RetryPolicy(2, Duration.ofSeconds(1), 1, Duration.ofSeconds(1));

    private static SagaScenario refunding() {
        return given(orderSaga(charge().compensationRetry(TWICE)))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .succeeds("p-1")
                .expectCommand("shipping", "BookShipment")
                .failsWith("OUT_OF_STOCK")
                .expectCommand("payment", "RefundPayment");
    }

    private static SagaScenario spent() {
        return refunding()
                .errs("DOWN")
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "RefundPayment")
                .onAttempt(2)
                .errs("DOWN")
                .expectHeld(Incident.Code.COMPENSATION_SPENT);
    }

    @Test
    void shouldHoldWhenErrorsHaveSpentACompensation() {
        spent().silentFor(Duration.ofDays(2)).expectHeld(Incident.Code.COMPENSATION_SPENT);
    }

    @Test
    void shouldSendTheSameExecutionAgainWhenASpentCompensationIsRetried() {
        spent().intervenes(new InterventionRequest.Retry())
                .expectNoIncident()
                .expectCommand("payment", "RefundPayment")
                .onAttempt(3)
                .onExecution(1)
                .errs("DOWN")
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "RefundPayment")
                .onAttempt(4)
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("OUT_OF_STOCK");
    }

    @Test
    void shouldGoOnWhenASpentCompensationIsSkippedAsDoneByHand() {
        spent().intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectStep("chargePayment", StepRecord.Status.COMPENSATED)
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated();
    }

    @Test
    void shouldGoOnByItselfWhenASpentCompensationSucceedsLate() {
        spent().late("RefundPayment", 1, new Outcome.Succeeded(Optional.empty()))
                .expectNoIncident()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated();
    }

    /** Silence was told of before the errors were: of a step there is one incident. */
    @Test
    void shouldSkipACompensationThatWasSilentBeforeItsErrors() {
        given(orderSaga(charge().compensationRetry(TWICE)))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .succeeds()
                .expectCommand("shipping", "BookShipment")
                .failsWith("OUT_OF_STOCK")
                .expectCommand("payment", "RefundPayment")
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("payment", "RefundPayment")
                .silentFor(Duration.ofSeconds(35))
                .expectCommand("payment", "RefundPayment")
                .expectIncident(Incident.Code.NO_OUTCOME)
                .errs("DOWN")
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "RefundPayment")
                .errs("DOWN")
                .expectHeld(Incident.Code.COMPENSATION_SPENT)
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("OUT_OF_STOCK");
    }

    @Test
    void shouldHoldWhenACompensationIsRefusedAndExecuteAnewWhenRetried() {
        refunding()
                .failsWith("ACCOUNT_CLOSED")
                .expectHeld(Incident.Code.COMPENSATION_REFUSED)
                .intervenes(new InterventionRequest.Retry())
                .expectCommand("payment", "RefundPayment")
                .onExecution(2)
                .onAttempt(1)
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("OUT_OF_STOCK");
    }

    @Test
    void shouldGoOnWhenARefusedCompensationIsSkipped() {
        refunding()
                .failsWith("ACCOUNT_CLOSED")
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated();
    }

    @Test
    void shouldHoldAgainWhenALateRefusalMeetsASpentCompensation() {
        spent().late("RefundPayment", 1, new Outcome.Failed("ACCOUNT_CLOSED", "closed"))
                .expectHeld(Incident.Code.COMPENSATION_REFUSED)
                .intervenes(new InterventionRequest.Retry())
                .expectCommand("payment", "RefundPayment")
                .onExecution(2);
    }

    @Test
    void shouldWarnButSendForEverWhenACompensationIsSilent() {
        refunding()
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("payment", "RefundPayment")
                .silentFor(Duration.ofSeconds(32))
                .expectCommand("payment", "RefundPayment")
                .onAttempt(3)
                .expectIncident(Incident.Code.NO_OUTCOME)
                .expectPhase(Phase.COMPENSATING)
                .intervenes(new InterventionRequest.Retry())
                .expectNoIncident()
                .expectCommand("payment", "RefundPayment")
                .onAttempt(4)
                .succeeds()
                .expectCommand("order", "CancelOrder");
    }

    @Test
    void shouldGoOnWhenASilentCompensationIsSkippedAndNoteItsLateSuccess() {
        refunding()
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("payment", "RefundPayment")
                .silentFor(Duration.ofSeconds(32))
                .expectCommand("payment", "RefundPayment")
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectCommand("order", "CancelOrder")
                .late("RefundPayment", 1, new Outcome.Succeeded(Optional.empty()))
                .expectRejected(Rejection.NOT_OUTSTANDING)
                .late("CancelOrder", 1, new Outcome.Succeeded(Optional.empty()))
                .expectCompensated();
    }

    @Test
    void shouldTakeNothingBackThatWasSkippedWhenAbandoned() {
        spent().intervenes(new InterventionRequest.Abandon())
                .expectNoIncident()
                .expectPhase(Phase.ABANDONED)
                .expectNoCommand()
                .intervenes(new InterventionRequest.Retry())
                .expectRejected(Rejection.SAGA_ENDED);
    }
}
