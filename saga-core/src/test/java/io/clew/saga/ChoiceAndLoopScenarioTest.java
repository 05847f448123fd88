package io.clew.saga;

import static io.clew.saga.Trips.beside;
import static io.clew.saga.Trips.car;
import static io.clew.saga.Trips.choice;
import static io.clew.saga.Trips.flight;
import static io.clew.saga.Trips.hotel;
import static io.clew.saga.Trips.trip;
import static io.clew.saga.testkit.SagaScenario.given;
import static io.clew.saga.testkit.TestStep.step;

import io.clew.saga.testkit.SagaScenario;
import io.clew.saga.testkit.TestSaga;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceAndLoopScenarioTest {
    private static final Formula<Boolean> FAST = scope -> key(scope).startsWith("fast");

    private static String key(MappingScope scope) {
        return TestSaga.text(scope.event());
    }

    private static SagaDefinition byKey() {
        return trip().then(choice(FAST, flight().build(), hotel().build())).step(car()).build();
    }

    @Test
    void shouldTakeTheFirstArmThatHolds() {
        given(byKey())
                .triggeredBy("fast-1")
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectCommand("cars", "RentCar")
                .failsWith("NONE_LEFT")
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated();
    }

    @Test
    void shouldTakeTheOtherArmWhenNoneHolds() {
        given(byKey())
                .triggeredBy("slow-1")
                .expectCommand("hotels", "BookHotel")
                .succeeds()
                .expectCommand("cars", "RentCar")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldPassAStepWhoseConditionDoesNotHold() {
        given(trip().step(flight().when(FAST)).step(car()).build())
                .triggeredBy("slow-1")
                .expectCommand("cars", "RentCar")
                .expectStep("bookFlight", StepRecord.Status.PASSED)
                .failsWith("NONE_LEFT")
                .expectCompensated();
    }

    private static SagaDefinition looping(int items, int concurrency) {
        return trip().then(
                        new ForEach(
                                "forEach#1",
                                scope -> items,
                                concurrency,
                                Sequence.of(flight().build(), hotel().build())))
                .step(car())
                .build();
    }

    @Test
    void shouldGoThroughItemsOneByOneAndBackInReverse() {
        given(looping(2, 1))
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .saying("BookFlight(t-1 {} of [0])")
                .succeeds("f0")
                .expectCommand("hotels", "BookHotel")
                .saying("BookHotel(t-1 {bookFlight=f0} of [0])")
                .succeeds()
                .expectCommand("flights", "BookFlight")
                .saying("BookFlight(t-1 {} of [1])")
                .succeeds()
                .expectCommand("hotels", "BookHotel")
                .failsWith("FULL")
                .expectCommand("flights", "CancelFlight")
                .saying("CancelFlight(t-1 {} of [1] because FULL)")
                .succeeds()
                .expectCommand("hotels", "CancelHotel")
                .saying("CancelHotel(t-1 {bookFlight=f0} of [0] because FULL)")
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated("FULL");
    }

    @Test
    void shouldKeepNoMoreItemsUnderWayThanAllowed() {
        given(looping(3, 2))
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .expectCommand("flights", "BookFlight")
                .saying("BookFlight(t-1 {} of [1])")
                .expectNoCommand()
                .succeeds()
                .expectCommand("hotels", "BookHotel")
                .expectNoCommand()
                .succeeds()
                .expectCommand("flights", "BookFlight")
                .saying("BookFlight(t-1 {} of [2])");
    }

    @Test
    void shouldPassALoopOverNothing() {
        given(looping(0, 1)).triggeredBy("t-1").expectCommand("cars", "RentCar");
    }

    @Test
    void shouldFailWhenThereAreTooManyItems() {
        given(looping(ForEach.MOST_ITEMS + 1, 1))
                .triggeredBy("t-1")
                .expectCompensated(Failure.TOO_MANY_ITEMS);
    }

    private static SagaScenario tooLongPastThePointOfNoReturn() {
        ForEach loop =
                new ForEach(
                        "forEach#1",
                        scope -> ForEach.MOST_ITEMS + 1,
                        1,
                        Sequence.of(step("tell", "mail", "Tell").retriable().build()));
        Node other = step("note", "books", "Note").retriable().build();
        return given(
                        trip().step(step("pay", "bank", "Pay").pivot())
                                .then(beside(loop, other))
                                .step(step("thank", "mail", "Thank").retriable())
                                .build())
                .triggeredBy("t-1")
                .expectCommand("bank", "Pay")
                .succeeds()
                .expectCommand("books", "Note")
                .expectIncident(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN);
    }

    @Test
    void shouldHoldOnlyTheLoopThatIsTooLongPastThePointOfNoReturn() {
        tooLongPastThePointOfNoReturn()
                .succeeds()
                .expectNoCommand()
                .expectHeld(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN)
                .intervenes(new InterventionRequest.Retry())
                .expectHeld(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN);
    }

    @Test
    void shouldPassALoopThatIsTooLongWhenSkipped() {
        tooLongPastThePointOfNoReturn()
                .succeeds()
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectNoIncident()
                .expectCommand("mail", "Thank")
                .succeeds()
                .expectCompleted();
    }
}
