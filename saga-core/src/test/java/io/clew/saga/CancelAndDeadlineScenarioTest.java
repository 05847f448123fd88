package io.clew.saga;

import static io.clew.saga.Orders.charge;
import static io.clew.saga.Orders.confirm;
import static io.clew.saga.Orders.createOrder;
import static io.clew.saga.Orders.order;
import static io.clew.saga.Orders.orderSaga;
import static io.clew.saga.testkit.SagaScenario.given;

import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CancelAndDeadlineScenarioTest {
    private static SagaScenario charging(Duration deadline) {
        return given(
                        order().deadline(deadline)
                                .step(createOrder())
                                .step(charge())
                                .step(confirm())
                                .build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment");
    }

    @Test
    void shouldCompensateTheOpenStepTooWhenTheDeadlinePasses() {
        charging(Duration.ofSeconds(20))
                .silentFor(Duration.ofSeconds(20))
                .expectCommand("payment", "RefundPayment")
                .saying("RefundPayment(o-1 {} because DEADLINE)")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.DEADLINE);
    }

    @Test
    void shouldCompensateWhenTheDeadlinePassesDuringABackoff() {
        charging(Duration.ofMillis(900))
                .errs("DOWN")
                .silentFor(Duration.ofSeconds(1))
                .expectCommand("payment", "RefundPayment");
    }

    @Test
    void shouldCompensateWhenTheDeadlinePassesWhileParked() {
        given(order().deadline(Duration.ofSeconds(9)).step(createOrder()).step(charge()).build())
                .topicMissing("payment.commands")
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectNoCommand()
                .silentFor(Duration.ofSeconds(10))
                .expectNoCommand()
                .expectPhase(Phase.COMPENSATING)
                .topicThere("payment.commands")
                .silentFor(Duration.ofSeconds(3))
                .expectCommand("payment", "RefundPayment")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.DEADLINE);
    }

    @Test
    void shouldNotCountTheDeadlineWhileCompensating() {
        charging(Duration.ofMinutes(1))
                .failsWith("CARD_DECLINED")
                .expectCommand("order", "CancelOrder")
                .silentFor(Duration.ofMinutes(2))
                .expectCommand("order", "CancelOrder")
                .expectPhase(Phase.COMPENSATING)
                .succeeds();
    }

    @Test
    void shouldTakeABufferedTriggerBackWhenItsDeadlineHasPassed() {
        given(order().deadline(Duration.ofSeconds(30)).step(createOrder()).build())
                .definitionsAway()
                .triggeredBy("o-1")
                .silentFor(Duration.ofMinutes(1))
                .allBack()
                .expectCommand("order", "CreateOrder")
                .silentFor(Duration.ofSeconds(1))
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.DEADLINE);
    }

    @Test
    void shouldLetASentCommandSettleWhenCancelled() {
        charging(Duration.ofMinutes(30))
                .intervenes(new InterventionRequest.Cancel())
                .expectNoCommand()
                .succeeds("p-1")
                .expectCommand("payment", "RefundPayment")
                .saying("RefundPayment(o-1 {chargePayment=p-1} because CANCELLED)")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.CANCELLED);
    }

    @Test
    void shouldGiveUpAtTheFirstSilenceOrErrorWhenCancelled() {
        charging(Duration.ofMinutes(30))
                .intervenes(new InterventionRequest.Cancel())
                .silentFor(Duration.ofSeconds(31))
                .expectCommand("payment", "RefundPayment")
                .saying("RefundPayment(o-1 {} because CANCELLED)");
        charging(Duration.ofMinutes(30))
                .intervenes(new InterventionRequest.Cancel())
                .errs("DOWN")
                .expectCommand("payment", "RefundPayment")
                .saying("RefundPayment(o-1 {} because CANCELLED)");
    }

    @Test
    void shouldNotTakeBackTheRefusedStepWhenCancelled() {
        charging(Duration.ofMinutes(30))
                .intervenes(new InterventionRequest.Cancel())
                .failsWith("CARD_DECLINED")
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.CANCELLED);
    }

    @Test
    void shouldGiveUpAtOnceWhenCancelledDuringABackoff() {
        charging(Duration.ofMinutes(30))
                .errs("DOWN")
                .intervenes(new InterventionRequest.Cancel())
                .expectCommand("payment", "RefundPayment");
    }

    @Test
    void shouldGiveUpAtOnceWhenCancelledWhileParked() {
        given(orderSaga())
                .topicMissing("order.commands")
                .triggeredBy("o-1")
                .expectNoCommand()
                .intervenes(new InterventionRequest.Cancel())
                .expectPhase(Phase.COMPENSATING)
                .topicThere("order.commands")
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.CANCELLED);
    }

    @Test
    void shouldAllowOneCancelOnlyAndNoneWhileCompensating() {
        charging(Duration.ofMinutes(30))
                .intervenes(new InterventionRequest.Cancel())
                .intervenes(new InterventionRequest.Cancel())
                .expectRejected(Rejection.NOT_ALLOWED)
                .failsWith("CARD_DECLINED")
                .expectCommand("order", "CancelOrder")
                .intervenes(new InterventionRequest.Cancel())
                .expectRejected(Rejection.NOT_ALLOWED);
    }

    @Test
    void shouldNoteALateSuccessAndStayCompensatingWhenTheDeadlineHasPassed() {
        charging(Duration.ofSeconds(20))
                .silentFor(Duration.ofSeconds(20))
                .expectCommand("payment", "RefundPayment")
                .late("ChargePayment", 1, new Outcome.Succeeded(Optional.empty()))
                .expectNoCommand()
                .expectPhase(Phase.COMPENSATING);
    }
}
