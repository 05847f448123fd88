package io.clew.saga;

import static io.clew.saga.Trips.car;
import static io.clew.saga.Trips.flight;
import static io.clew.saga.Trips.trip;
import static io.clew.saga.testkit.SagaScenario.given;

import io.clew.saga.testkit.SagaScenario;
import io.clew.saga.testkit.TestSaga;
import io.clew.saga.testkit.TestStep;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is held by an operator stands still, and loses nothing by it. */
class HoldScenarioTest {
    private static final Channel SIGNAL = new Channel.Signal("approved");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static Await approval(Map<String, FailurePolicy> onFailure) {
        return new Await(
                "approved",
                SIGNAL,
                "Arrived",
                Optional.empty(),
                Optional.of(TIMEOUT),
                Optional.empty(),
                onFailure);
    }

    private static SagaScenario held(TestStep... steps) {
        TestSaga saga = trip();
        for (TestStep step : steps) {
            saga.step(step);
        }
        return given(saga.build())
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .intervenes(new InterventionRequest.Hold());
    }

    private static SagaScenario heldAwaiting(Map<String, FailurePolicy> onFailure) {
        return given(trip().step(flight()).then(approval(onFailure)).step(car()).build())
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .intervenes(new InterventionRequest.Hold())
                .expectHeld(Incident.Code.HELD_BY_OPERATOR);
    }

    private static SagaScenario goesOn(SagaScenario held) {
        return held.expectHeld(Incident.Code.HELD_BY_OPERATOR)
                .intervenes(new InterventionRequest.Retry())
                .expectNoIncident();
    }

    @Test
    void shouldGoOnWaitingForWhatItWaitsFor() {
        goesOn(heldAwaiting(Map.of()))
                .expectNoCommand()
                .arrives(SIGNAL, "yes")
                .expectCommand("cars", "RentCar");
    }

    @Test
    void shouldTakeWhatArrivesAndGoOnLater() {
        goesOn(heldAwaiting(Map.of()).arrives(SIGNAL, "yes").expectNoCommand())
                .expectCommand("cars", "RentCar")
                .saying("RentCar(t-1 {approved=yes})");
    }

    @Test
    void shouldActOnATimeoutOnceItGoesOn() {
        goesOn(heldAwaiting(Map.of()).silentFor(TIMEOUT))
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated(Failure.TIMED_OUT);
    }

    @Test
    void shouldTakeWhatComesLateIfItHasNotGoneOnWithoutIt() {
        goesOn(heldAwaiting(Map.of()).silentFor(TIMEOUT).arrives(SIGNAL, "yes"))
                .expectCommand("cars", "RentCar")
                .saying("RentCar(t-1 {approved=yes})");
    }

    @Test
    void shouldActOnARefusalOnceItGoesOn() {
        goesOn(held(flight(), car()).failsWith("NO_SEATS")).expectCompensated("NO_SEATS");
    }

    @Test
    void shouldTryARefusedStepAgainOnceItGoesOn() {
        TestStep again = flight().onFailure("FULL", new FailurePolicy.Retry(1));
        goesOn(held(again, car()).failsWith("FULL"))
                .expectCommand("flights", "BookFlight")
                .onExecution(2)
                .succeeds()
                .expectCommand("cars", "RentCar");
    }

    @Test
    void shouldTakeBackWhatIsInDoubtOnceItGoesOn() {
        TestStep doubtful = flight().giveUpAfter(Duration.ofMinutes(1));
        goesOn(
                        held(doubtful, car())
                                .silentFor(Duration.ofMinutes(4))
                                .expectCommand("flights", "BookFlight"))
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated(Failure.IN_DOUBT);
    }

    @Test
    void shouldNotEndByItsDeadlineBeforeItGoesOn() {
        goesOn(held(flight(), car()).succeeds().silentFor(Duration.ofHours(1)))
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated(Failure.DEADLINE);
    }

    /** A late event is told of while the saga stands still: it is taken back once that is over. */
    @Test
    void shouldTakeBackWhatCameTooLateOnceItGoesOn() {
        CommandSpec back = flight().build().compensation().orElseThrow();
        Await await =
                new Await(
                        "approved",
                        SIGNAL,
                        "Arrived",
                        Optional.empty(),
                        Optional.of(TIMEOUT),
                        Optional.of(back),
                        Map.of(Failure.TIMED_OUT, new FailurePolicy.Continue()));
        SagaScenario held =
                given(trip().then(await).step(car()).build())
                        .triggeredBy("t-1")
                        .silentFor(TIMEOUT)
                        .expectCommand("cars", "RentCar")
                        .intervenes(new InterventionRequest.Hold())
                        .succeeds()
                        .arrives(SIGNAL, "yes");
        goesOn(held).expectCommand("flights", "CancelFlight").succeeds().expectCompleted();
    }

    @Test
    void shouldTakeBackWhatWasRefusedMeanwhileWhenCancelled() {
        held(flight(), car())
                .failsWith("NO_SEATS")
                .expectHeld(Incident.Code.HELD_BY_OPERATOR)
                .intervenes(new InterventionRequest.Cancel())
                .expectCompensated(Failure.CANCELLED);
    }
}
