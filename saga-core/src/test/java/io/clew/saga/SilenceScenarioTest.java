package io.clew.saga;

import static io.clew.saga.Orders.charge;
import static io.clew.saga.Orders.orderSaga;
import static io.clew.saga.testkit.SagaScenario.given;

import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceScenarioTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(35);

    private static SagaScenario charging() {
        return given(
                        orderSaga(
                                charge().timeout(Duration.ofSeconds(30))
                                        .giveUpAfter(Duration.ofSeconds(80))))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .onAttempt(1);
    }

    private static SagaScenario inDoubt() {
        return charging()
                .silentFor(TIMEOUT)
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2)
                .silentFor(TIMEOUT)
                .expectCommand("payment", "ChargePayment")
                .onAttempt(3)
                .silentFor(TIMEOUT)
                .expectStep("chargePayment", StepRecord.Status.COMPENSATING)
                .expectCommand("payment", "RefundPayment");
    }

    @Test
    void shouldSendAgainWhenNothingIsHeard() {
        charging()
                .silentFor(TIMEOUT)
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2)
                .onExecution(1)
                .late("ChargePayment", 1, new Outcome.Succeeded(Optional.empty()))
                .expectCommand("shipping", "BookShipment");
    }

    @Test
    void shouldCompensateAStepInDoubtWhenItWasGivenUp() {
        inDoubt()
                .saying("RefundPayment(o-1 {} because IN_DOUBT)")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.IN_DOUBT);
    }

    @Test
    void shouldKeepTheFrozenCompensationWhenALateSuccessArrives() {
        inDoubt()
                .late("ChargePayment", 2, new Outcome.Succeeded(Optional.of(Bytes.utf8("p-1"))))
                .expectEvent(SagaEvent.LateSuccess.class)
                .expectNoCommand()
                .silentFor(TIMEOUT)
                .expectCommand("payment", "RefundPayment")
                .onAttempt(2)
                .saying("RefundPayment(o-1 {} because IN_DOUBT)")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated();
    }

    @Test
    void shouldNotResumeForwardWorkWhenASecondWordComesLate() {
        inDoubt()
                .late("ChargePayment", 1, new Outcome.Failed("FENCED", "tombstone"))
                .expectRejected(Rejection.NOT_OUTSTANDING)
                .late("ChargePayment", 1, new Outcome.Erred("DOWN", "trouble"))
                .expectRejected(Rejection.NOT_OUTSTANDING)
                .late("ChargePayment", 1, new Outcome.Progress())
                .expectRejected(Rejection.NOT_OUTSTANDING)
                .expectNoCommand();
    }

    @Test
    void shouldBackOffAndSendAgainWhenErrorsAreReported() {
        charging()
                .errs("DOWN")
                .expectNoCommand()
                .silentFor(Duration.ofMillis(1200))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(2)
                .errs("DOWN")
                .silentFor(Duration.ofMillis(1200))
                .expectNoCommand()
                .silentFor(Duration.ofMillis(1200))
                .expectCommand("payment", "ChargePayment")
                .onAttempt(3)
                .succeeds()
                .expectCommand("shipping", "BookShipment");
    }

    @Test
    void shouldGiveUpWhenErrorsHaveSpentTheRetryPolicy() {
        RetryPolicy twice = new RetryPolicy(2, Duration.ofSeconds(1), 1, Duration.ofSeconds(1));
        given(orderSaga(charge().retry(twice)))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .errs("DOWN")
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "ChargePayment")
                .errs("DOWN")
                .expectCommand("payment", "RefundPayment")
                .succeeds()
                .expectCommand("order", "CancelOrder")
                .succeeds()
                .expectCompensated(Failure.IN_DOUBT);
    }

    @Test
    void shouldCountAnErrorOnlyOnceAndOnlyOfTheCurrentAttempt() {
        charging()
                .errs("DOWN")
                .errs("DOWN")
                .expectRejected(Rejection.OTHER_ATTEMPT)
                .silentFor(Duration.ofSeconds(2))
                .expectCommand("payment", "ChargePayment")
                .late("ChargePayment", 1, new Outcome.Erred("DOWN", "trouble"))
                .expectRejected(Rejection.OTHER_ATTEMPT);
    }

    @Test
    void shouldWaitAnewWhenProgressIsReported() {
        charging()
                .silentFor(Duration.ofSeconds(25))
                .progresses()
                .silentFor(Duration.ofSeconds(25))
                .expectNoCommand()
                .progresses()
                .silentFor(Duration.ofSeconds(25))
                .expectNoCommand()
                .succeeds()
                .expectCommand("shipping", "BookShipment");
    }

    @Test
    void shouldApplyASuccessWhenItArrivesDuringABackoff() {
        charging()
                .errs("DOWN")
                .succeeds()
                .expectCommand("shipping", "BookShipment")
                .silentFor(Duration.ofSeconds(5))
                .expectNoCommand();
    }
}
