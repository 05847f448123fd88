package io.clew.saga;

import static io.clew.saga.Orders.book;
import static io.clew.saga.Orders.charge;
import static io.clew.saga.Orders.confirm;
import static io.clew.saga.Orders.createOrder;
import static io.clew.saga.Orders.order;
import static io.clew.saga.Orders.orderSaga;
import static io.clew.saga.testkit.SagaScenario.given;
import static io.clew.saga.testkit.TestStep.step;

import io.clew.saga.testkit.SagaScenario;
import io.clew.saga.testkit.TestStep;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PointOfNoReturnScenarioTest {
    private static final RetryPolicy TWICE =
            new RetryPolicy(2, Duration.ofSeconds(1), 1, Duration.ofSeconds(1));

    private static TestStep capture() {
        return step("capture", "payment", "Capture").pivot().retry(TWICE);
    }

    private static SagaScenario capturing() {
        return given(
                        order().deadline(Duration.ofMinutes(2))
                                .step(createOrder())
                                .step(capture())
                                .step(confirm().retry(TWICE))
                                .build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "Capture");
    }

    private static SagaScenario confirming() {
        return capturing().succeeds().expectCommand("order", "ConfirmOrder");
    }

    @Test
    void shouldCompensateWhenThePivotIsRefused() {
        capturing()
                .failsWith("DECLINED")
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("DECLINED");
    }

    @Test
    void shouldNeverGiveUpAPivotButWarn() {
        capturing()
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("payment", "Capture")
                .onAttempt(2)
                .silentFor(Duration.ofSeconds(35))
                .expectCommand("payment", "Capture")
                .onAttempt(3)
                .expectIncident(Incident.Code.NO_OUTCOME)
                .expectPhase(Phase.RUNNING)
                .succeeds()
                .expectNoIncident()
                .expectCommand("order", "ConfirmOrder");
    }

    @Test
    void shouldWaitForThePivotWhenTheDeadlinePasses() {
        capturing()
                .progresses()
                .silentFor(Duration.ofSeconds(29))
                .progresses()
                .silentFor(Duration.ofSeconds(29))
                .progresses()
                .silentFor(Duration.ofSeconds(29))
                .progresses()
                .silentFor(Duration.ofSeconds(29))
                .progresses()
                .silentFor(Duration.ofSeconds(10))
                .expectNoCommand()
                .failsWith("DECLINED")
                .expectCommand("order", "CancelOrder")
                .saying("CancelOrder(o-1 {} because DEADLINE)")
                .succeeds()
                .expectCompensated(Failure.DEADLINE);
    }

    @Test
    void shouldGoForwardWhenThePivotSucceedsAfterACancel() {
        capturing()
                .intervenes(new InterventionRequest.Cancel())
                .expectNoCommand()
                .succeeds()
                .expectCommand("order", "ConfirmOrder")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldCompensateWhenThePivotIsRefusedAfterACancel() {
        capturing()
                .intervenes(new InterventionRequest.Cancel())
                .failsWith("DECLINED")
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.CANCELLED);
    }

    @Test
    void shouldHoldWhenARetriableStepIsRefusedAndGoOnWhenRetried() {
        confirming()
                .failsWith("LOCKED")
                .expectHeld(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN)
                .silentFor(Duration.ofHours(1))
                .expectNoCommand()
                .intervenes(new InterventionRequest.Retry())
                .expectNoIncident()
                .expectCommand("order", "ConfirmOrder")
                .onExecution(2)
                .onAttempt(1)
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldGoOnWhenARefusedRetriableStepIsSkipped() {
        confirming()
                .failsWith("LOCKED")
                .expectHeld(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN)
                .intervenes(new InterventionRequest.Skip(Optional.of(Bytes.utf8("by hand"))))
                .expectStep("confirmOrder", StepRecord.Status.SKIPPED)
                .expectCompleted();
    }

    @Test
    void shouldNotSkipWithAResultNobodyCanRead() {
        ResultCheck signed = result -> result.isEmpty() ? Optional.of("nothing") : Optional.empty();
        given(order().step(step("sign", "office", "Sign").retriable().result(signed)).build())
                .triggeredBy("o-1")
                .expectCommand("office", "Sign")
                .failsWith("AWAY")
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectRejected(Rejection.BAD_RESULT)
                .expectHeld(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN)
                .intervenes(new InterventionRequest.Skip(Optional.of(Bytes.utf8("by hand"))))
                .expectCompleted();
    }

    @Test
    void shouldRetryForEverPastThePointOfNoReturn() {
        confirming()
                .errs("DOWN")
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("order", "ConfirmOrder")
                .errs("DOWN")
                .expectIncident(Incident.Code.NO_OUTCOME)
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("order", "ConfirmOrder")
                .errs("DOWN")
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("order", "ConfirmOrder")
                .onAttempt(4)
                .succeeds()
                .expectNoIncident()
                .expectCompleted();
    }

    @Test
    void shouldRefuseACancelPastThePointOfNoReturn() {
        confirming()
                .intervenes(new InterventionRequest.Cancel())
                .expectRejected(Rejection.NOT_ALLOWED)
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldIgnoreTheDeadlinePastThePointOfNoReturn() {
        confirming()
                .progresses()
                .silentFor(Duration.ofMinutes(5))
                .expectPhase(Phase.RUNNING)
                .expectCommand("order", "ConfirmOrder");
    }

    @Test
    void shouldBePastItOnceTheFirstRetriableStepIsDecidedWhenThereIsNoPivot() {
        given(orderSaga())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .succeeds()
                .expectCommand("shipping", "BookShipment")
                .succeeds()
                .expectCommand("order", "ConfirmOrder")
                .intervenes(new InterventionRequest.Cancel())
                .expectRejected(Rejection.NOT_ALLOWED)
                .failsWith("LOCKED")
                .expectHeld(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN);
    }

    @Test
    void shouldWaitForAStepWithoutACompensationWhenItIsSilent() {
        given(
                        order().step(createOrder())
                                .step(step("note", "audit", "Note").retry(TWICE))
                                .step(charge())
                                .build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("audit", "Note")
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("audit", "Note")
                .silentFor(Duration.ofSeconds(35))
                .expectCommand("audit", "Note")
                .expectIncident(Incident.Code.NO_OUTCOME)
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectNoIncident()
                .expectCommand("payment", "ChargePayment")
                .failsWith("CARD_DECLINED")
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated();
    }

    @Test
    void shouldCompensateAfterAStopWhenAStepWithoutACompensationIsSkipped() {
        given(
                        order().step(createOrder())
                                .step(step("note", "audit", "Note").retry(TWICE))
                                .step(book())
                                .build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("audit", "Note")
                .intervenes(new InterventionRequest.Cancel())
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("audit", "Note")
                .silentFor(Duration.ofSeconds(35))
                .expectCommand("audit", "Note")
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.CANCELLED);
    }
}
