package io.clew.saga;

import static io.clew.saga.Trips.car;
import static io.clew.saga.Trips.flight;
import static io.clew.saga.Trips.hotel;
import static io.clew.saga.Trips.trip;
import static io.clew.saga.testkit.SagaScenario.given;
import static io.clew.saga.testkit.TestStep.step;

import io.clew.saga.testkit.SagaScenario;
import io.clew.saga.testkit.TestStep;
import org.junit.jupiter.api.Test;

class SavepointScenarioTest {
    private static SagaScenario renting() {
        SagaDefinition definition =
                trip().step(flight())
                        .then(new Savepoint("booked"))
                        .step(hotel())
                        .step(
                                car().onFailure(
                                                "NONE_LEFT",
                                                new FailurePolicy.RollbackTo("booked", 1)))
                        .build();
        return given(definition)
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .succeeds("f")
                .expectCommand("hotels", "BookHotel")
                .succeeds("h1")
                .expectCommand("cars", "RentCar");
    }

    private static TestStep pay() {
        return step("pay", "bank", "Pay").pivot();
    }

    private static TestStep tell() {
        return step("tell", "mail", "Tell").retriable();
    }

    private static SagaScenario again() {
        return renting()
                .failsWith("NONE_LEFT")
                .expectPhase(Phase.COMPENSATING)
                .expectCommand("hotels", "CancelHotel")
                .succeeds()
                .expectPhase(Phase.RUNNING)
                .expectCommand("hotels", "BookHotel")
                .onExecution(2)
                .saying("BookHotel(t-1 {bookFlight=f})");
    }

    @Test
    void shouldGoForwardAgainFromASavepoint() {
        again().succeeds("h2")
                .expectCommand("cars", "RentCar")
                .onExecution(2)
                .saying("RentCar(t-1 {bookFlight=f, bookHotel=h2})")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldTakeBackEverythingWhenItWasTakenBackOftenEnough() {
        again().succeeds()
                .expectCommand("cars", "RentCar")
                .failsWith("NONE_LEFT")
                .expectCommand("hotels", "CancelHotel")
                .onExecution(2)
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated("NONE_LEFT");
    }

    @Test
    void shouldCountTriesAnewAfterItWasTakenBack() {
        TestStep hotel = hotel().onFailure("BUSY", new FailurePolicy.Retry(1));
        TestStep car = car().onFailure("NONE_LEFT", new FailurePolicy.RollbackTo("booked", 1));
        given(trip().then(new Savepoint("booked")).step(hotel).step(car).build())
                .triggeredBy("t-1")
                .expectCommand("hotels", "BookHotel")
                .failsWith("BUSY")
                .expectCommand("hotels", "BookHotel")
                .succeeds()
                .expectCommand("cars", "RentCar")
                .failsWith("NONE_LEFT")
                .expectCommand("hotels", "CancelHotel")
                .succeeds()
                .expectCommand("hotels", "BookHotel")
                .onExecution(3)
                .failsWith("BUSY")
                .expectCommand("hotels", "BookHotel")
                .onExecution(4)
                .failsWith("BUSY")
                .expectCompensated("BUSY");
    }

    @Test
    void shouldTakeBackEverythingWhenCancelledMeanwhile() {
        renting()
                .failsWith("NONE_LEFT")
                .expectCommand("hotels", "CancelHotel")
                .intervenes(new InterventionRequest.Cancel())
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated(Failure.CANCELLED);
    }

    @Test
    void shouldRewindToAStepTakingBackWhatItPassesOver() {
        renting()
                .intervenes(new InterventionRequest.Rewind("bookHotel"))
                .expectNoCommand()
                .succeeds()
                .expectCommand("cars", "ReturnCar")
                .saying("ReturnCar(t-1 {bookFlight=f, bookHotel=h1} because REWOUND)")
                .succeeds()
                .expectCommand("hotels", "CancelHotel")
                .succeeds()
                .expectCommand("hotels", "BookHotel")
                .onExecution(2);
    }

    @Test
    void shouldNotRewindToWhereItHasNotBeen() {
        given(trip().step(flight()).step(hotel()).build())
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .intervenes(new InterventionRequest.Rewind("bookHotel"))
                .expectRejected(Rejection.NOT_ALLOWED);
    }

    @Test
    void shouldNotRewindAcrossThePointOfNoReturn() {
        given(trip().step(flight()).step(pay()).step(tell()).build())
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectCommand("bank", "Pay")
                .succeeds()
                .expectCommand("mail", "Tell")
                .intervenes(new InterventionRequest.Rewind("bookFlight"))
                .expectRejected(Rejection.NOT_ALLOWED)
                .intervenes(new InterventionRequest.Hold())
                .expectRejected(Rejection.NOT_ALLOWED);
    }

    @Test
    void shouldHoldOnceWhatIsOutIsSettledAndGoOnWhenRetried() {
        renting()
                .intervenes(new InterventionRequest.Hold())
                .expectPhase(Phase.RUNNING)
                .succeeds()
                .expectHeld(Incident.Code.HELD_BY_OPERATOR)
                .intervenes(new InterventionRequest.Retry())
                .expectCompleted();
    }

    @Test
    void shouldTakeBackWhatIsHeldWhenCancelled() {
        renting()
                .intervenes(new InterventionRequest.Hold())
                .succeeds()
                .expectHeld(Incident.Code.HELD_BY_OPERATOR)
                .intervenes(new InterventionRequest.Cancel())
                .expectNoIncident()
                .expectCommand("cars", "ReturnCar");
    }

    @Test
    void shouldRewindWhatIsHeld() {
        renting()
                .intervenes(new InterventionRequest.Hold())
                .succeeds()
                .intervenes(new InterventionRequest.Rewind("rentCar"))
                .expectNoIncident()
                .expectCommand("cars", "ReturnCar")
                .succeeds()
                .expectCommand("cars", "RentCar")
                .onExecution(2)
                .succeeds()
                .expectCompleted();
    }
}
