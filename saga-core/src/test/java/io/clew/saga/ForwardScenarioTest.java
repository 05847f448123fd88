package io.clew.saga;

import static io.clew.saga.Orders.charge;
import static io.clew.saga.Orders.createOrder;
import static io.clew.saga.Orders.order;
import static io.clew.saga.Orders.orderSaga;
import static io.clew.saga.testkit.SagaScenario.given;

import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForwardScenarioTest {
    @Test
    void shouldCompleteWhenEveryStepSucceeds() {
        given(orderSaga())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .saying("CreateOrder(o-1 {})")
                .succeeds("created")
                .expectCommand("payment", "ChargePayment")
                .saying("ChargePayment(o-1 {createOrder=created})")
                .succeeds("paid")
                .expectCommand("shipping", "BookShipment")
                .succeeds()
                .expectCommand("order", "ConfirmOrder")
                .saying("ConfirmOrder(o-1 {chargePayment=paid, createOrder=created})")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldEndCompensatedWhenTheFirstStepIsRefused() {
        given(orderSaga())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .failsWith("NO_CUSTOMER")
                .expectStep("createOrder", StepRecord.Status.REFUSED)
                .expectCompensated("NO_CUSTOMER");
    }

    @Test
    void shouldTakeBackTheFirstStepWhenTheSecondIsRefused() {
        given(orderSaga())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .failsWith("CARD_DECLINED")
                .expectCommand("order", "CancelOrder")
                .saying("CancelOrder(o-1 {} because CARD_DECLINED)")
                .succeeds()
                .expectCompensated("CARD_DECLINED");
    }

    @Test
    void shouldCompensateInReverseOrderWhenShippingFails() {
        given(orderSaga())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .succeeds("p-1")
                .expectCommand("shipping", "BookShipment")
                .failsWith("OUT_OF_STOCK")
                .expectCommand("payment", "RefundPayment")
                .saying("RefundPayment(o-1 {chargePayment=p-1} because OUT_OF_STOCK)")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .saying("CancelOrder(o-1 {} because OUT_OF_STOCK)")
                .succeeds()
                .expectCompensated("OUT_OF_STOCK");
    }

    @Test
    void shouldGoOnWhenARefusalIsToBeContinued() {
        given(orderSaga(charge().onFailure("FREE", new FailurePolicy.Continue())))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .failsWith("FREE")
                .expectCommand("shipping", "BookShipment")
                .failsWith("OUT_OF_STOCK")
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("OUT_OF_STOCK");
    }

    @Test
    void shouldExecuteAgainAsOftenAsThePolicySaysWhenRefused() {
        given(orderSaga(charge().onFailure("BUSY", new FailurePolicy.Retry(2))))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .onExecution(1)
                .failsWith("BUSY")
                .expectCommand("payment", "ChargePayment")
                .onExecution(2)
                .onAttempt(1)
                .failsWith("BUSY")
                .expectCommand("payment", "ChargePayment")
                .onExecution(3)
                .failsWith("BUSY")
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated("BUSY");
    }

    @Test
    void shouldTakeBackTheExecutionThatSucceededWhenTheOneBeforeWasRefused() {
        given(orderSaga(charge().onFailure("BUSY", new FailurePolicy.Retry(2))))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .failsWith("BUSY")
                .expectCommand("payment", "ChargePayment")
                .succeeds()
                .expectCommand("shipping", "BookShipment")
                .failsWith("OUT_OF_STOCK")
                .expectCommand("payment", "RefundPayment")
                .onExecution(1)
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated();
    }

    @Test
    void shouldRejectASecondTriggerWhenTheSagaLivesOrHasEnded() {
        SagaScenario scenario =
                given(order().step(createOrder()).build())
                        .triggeredBy("o-1")
                        .expectCommand("order", "CreateOrder")
                        .triggeredBy("o-1")
                        .expectRejected(Rejection.KEY_TAKEN);
        scenario.succeeds().triggeredBy("o-1").expectRejected(Rejection.KEY_TAKEN);
        scenario.expectCompleted();
    }

    @Test
    void shouldRejectRepliesThatAreDoubleLateOrOfAnotherRun() {
        given(orderSaga())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .ofAnotherRun(new Outcome.Succeeded(Optional.empty()))
                .expectRejected(Rejection.OTHER_RUN)
                .succeeds()
                .failsWith("LIAR")
                .expectRejected(Rejection.NOT_OUTSTANDING)
                .succeeds()
                .expectRejected(Rejection.NOT_OUTSTANDING)
                .expectCommand("payment", "ChargePayment")
                .failsWith("CARD_DECLINED")
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .succeeds()
                .expectRejected(Rejection.SAGA_ENDED)
                .expectCompensated("CARD_DECLINED");
    }

    /** It was done, so it is taken back; what it gave would only break the compensation. */
    @Test
    void shouldTakeBackWhatWasDoneLateWithAResultThatDoesNotFit() {
        ResultCheck never = result -> result.map(it -> "fits nothing");
        given(orderSaga(charge().result(never)))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .intervenes(new InterventionRequest.Cancel())
                .errs("DOWN")
                .expectCommand("payment", "RefundPayment")
                .late("ChargePayment", 1, new Outcome.Succeeded(Optional.of(Bytes.utf8("?"))))
                .expectEvent(SagaEvent.LateSuccess.class)
                .then("RefundPayment")
                .succeeds()
                .expectCommand("order", "CancelOrder");
    }

    @Test
    void shouldAskAgainWhenAResultDoesNotFitItsType() {
        ResultCheck paid =
                result -> result.isPresent() ? Optional.empty() : Optional.of("no result");
        given(orderSaga(charge().result(paid)))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .succeeds()
                .expectEvent(SagaEvent.ErrorReported.class)
                .expectNoCommand()
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2)
                .succeeds("paid")
                .expectCommand("shipping", "BookShipment");
    }
}
