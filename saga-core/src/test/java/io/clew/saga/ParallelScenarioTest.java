package io.clew.saga;

import static io.clew.saga.Trips.beside;
import static io.clew.saga.Trips.car;
import static io.clew.saga.Trips.flight;
import static io.clew.saga.Trips.hotel;
import static io.clew.saga.Trips.trip;
import static io.clew.saga.testkit.SagaScenario.given;
import static io.clew.saga.testkit.TestStep.step;

import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParallelScenarioTest {
    private static SagaScenario booking() {
        return booking(trip(flight(), hotel()));
    }

    private static SagaScenario booking(SagaDefinition definition) {
        return given(definition)
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .expectCommand("hotels", "BookHotel")
                .expectNoCommand();
    }

    @Test
    void shouldGoOnOnlyWhenAllBranchesAreDone() {
        booking()
                .succeeds("h")
                .expectNoCommand()
                .then("BookFlight")
                .succeeds("f")
                .expectCommand("cars", "RentCar")
                .saying("RentCar(t-1 {bookFlight=f, bookHotel=h})")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldTakeBackInReverseOrderOfStartNotOfEnd() {
        booking()
                .succeeds()
                .then("BookFlight")
                .succeeds()
                .expectCommand("cars", "RentCar")
                .failsWith("NONE_LEFT")
                .expectCommand("hotels", "CancelHotel")
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated("NONE_LEFT");
    }

    @Test
    void shouldWaitForWhatIsOutWhenAnotherBranchIsRefused() {
        booking()
                .failsWith("FULL")
                .expectNoCommand()
                .expectEvent(SagaEvent.StopRequested.class)
                .then("BookFlight")
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated("FULL");
    }

    @Test
    void shouldTakeBackNothingWhenBothAreRefused() {
        booking()
                .failsWith("FULL")
                .then("BookFlight")
                .failsWith("NO_SEATS")
                .expectCompensated("FULL");
    }

    @Test
    void shouldGiveUpWhatStaysSilentOnceAnotherBranchIsRefused() {
        booking()
                .failsWith("FULL")
                .silentFor(Duration.ofSeconds(31))
                .expectStep("bookFlight", StepRecord.Status.COMPENSATING)
                .expectCommand("flights", "CancelFlight")
                .late("BookFlight", 1, new Outcome.Succeeded(Optional.empty()))
                .then("CancelFlight")
                .succeeds()
                .expectCompensated("FULL");
    }

    @Test
    void shouldCancelBothBranchesAndWaitForBoth() {
        booking()
                .intervenes(new InterventionRequest.Cancel())
                .succeeds()
                .expectNoCommand()
                .then("BookFlight")
                .succeeds()
                .expectCommand("hotels", "CancelHotel")
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated(Failure.CANCELLED);
    }

    @Test
    void shouldCompensateBothAtOnceWhenTheDeadlinePasses() {
        booking()
                .silentFor(Duration.ofMinutes(30))
                .expectPhase(Phase.COMPENSATING)
                .expectStep("bookHotel", StepRecord.Status.COMPENSATING)
                .expectStep("bookFlight", StepRecord.Status.IN_DOUBT);
    }

    @Test
    void shouldGoOnInOneBranchWhileTheOtherIsHeldPastThePointOfNoReturn() {
        SagaDefinition definition =
                trip().step(car())
                        .then(
                                beside(
                                        step("pay", "bank", "Pay").retriable().build(),
                                        step("tell", "mail", "Tell").retriable().build()))
                        .build();
        given(definition)
                .triggeredBy("t-1")
                .expectCommand("cars", "RentCar")
                .succeeds()
                .expectCommand("bank", "Pay")
                .expectCommand("mail", "Tell")
                .then("Pay")
                .failsWith("CLOSED")
                .expectIncident(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN)
                .expectPhase(Phase.HELD)
                .then("Tell")
                .failsWith("BOUNCED")
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectRejected(Rejection.AMBIGUOUS)
                .intervenes(new InterventionRequest.Retry())
                .expectNoIncident()
                .expectCommand("bank", "Pay")
                .onExecution(2)
                .succeeds()
                .expectCommand("mail", "Tell")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldWaitForAPivotBesideWhatWasRefused() {
        SagaDefinition definition =
                trip().step(car())
                        .then(
                                beside(
                                        step("pay", "bank", "Pay").pivot().build(),
                                        step("tell", "mail", "Tell").retriable().build()))
                        .build();
        given(definition)
                .triggeredBy("t-1")
                .expectCommand("cars", "RentCar")
                .succeeds()
                .expectCommand("bank", "Pay")
                .expectCommand("mail", "Tell")
                .failsWith("BOUNCED")
                .expectPhase(Phase.RUNNING)
                .then("Pay")
                .succeeds()
                .expectPhase(Phase.HELD)
                .expectIncident(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN)
                .intervenes(new InterventionRequest.Retry())
                .expectCommand("mail", "Tell")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldTakeBackWhatWasBeforeWhenThePivotIsRefused() {
        SagaDefinition definition =
                trip().step(car())
                        .then(
                                beside(
                                        step("pay", "bank", "Pay").pivot().build(),
                                        step("tell", "mail", "Tell").retriable().build()))
                        .build();
        given(definition)
                .triggeredBy("t-1")
                .expectCommand("cars", "RentCar")
                .succeeds()
                .expectCommand("bank", "Pay")
                .failsWith("NO_MONEY")
                .expectCommand("mail", "Tell")
                .succeeds()
                .expectCommand("cars", "ReturnCar")
                .succeeds()
                .expectCompensated("NO_MONEY");
    }
}
