package io.clew.saga;

import static io.clew.saga.Trips.car;
import static io.clew.saga.Trips.flight;
import static io.clew.saga.Trips.hotel;
import static io.clew.saga.Trips.trip;
import static io.clew.saga.testkit.SagaScenario.given;
import static io.clew.saga.testkit.TestStep.child;
import static io.clew.saga.testkit.TestStep.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaScenario;
import io.clew.saga.testkit.TestSaga;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A saga as a step of another: seen from its parent, and from itself. */
class ChildScenarioTest {
    private static final String SUCCESS = "succeeded";
    private static final Parent TOUR =
            new Parent(SagaId.of("tour", "t-9"), 1_000, "book", 1, Optional.empty());

    private static SagaScenario touring() {
        return given(trip().step(child("book", "trip")).step(car()).build())
                .triggeredBy("t-9")
                .expectCommand("saga.trip", "Start-trip")
                .saying("Start-trip(t-9 {})");
    }

    /** A trip that a tour has asked for. */
    private static SagaScenario started() {
        return given(trip().step(flight()).step(hotel()).build())
                .startedBy(TOUR, 1)
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectCommand("hotels", "BookHotel");
    }

    private static SagaScenario done() {
        return started().succeeds().expectAnswer(Direction.ACTION, SUCCESS).expectNoCommand();
    }

    @Test
    void shouldTreatAChildLikeAnyParticipant() {
        SagaScenario scenario =
                touring()
                        .succeeds()
                        .expectCommand("cars", "RentCar")
                        .failsWith("NONE_LEFT")
                        .expectCommand("saga.trip", ChildSagas.TAKE_BACK)
                        .succeeds()
                        .expectCompensated("NONE_LEFT");
        scenario.expectTold(book(scenario));
    }

    private static SagaId book(SagaScenario scenario) {
        SagaInstance tour = scenario.saga();
        return ChildSagas.id("trip", new Parent(tour.id(), tour.run(), "book", 1, tour.tokenKey()));
    }

    @Test
    void shouldTellItsChildrenThatItHasEnded() {
        SagaScenario scenario =
                touring()
                        .succeeds()
                        .expectTold()
                        .expectCommand("cars", "RentCar")
                        .succeeds()
                        .expectCompleted();
        scenario.expectTold(book(scenario));
    }

    @Test
    void shouldGoByTheRefusalOfItsChild() {
        touring().failsWith("NO_SEATS").expectCompensated("NO_SEATS");
    }

    @Test
    void shouldBeDoneButNotFinalAsLongAsItsParentIsOpen() {
        SagaScenario scenario = done().silentFor(Duration.ofDays(60)).expectPhase(Phase.RUNNING);
        assertThat(scenario.saga().isProvisional()).isTrue();
        scenario.parentEnds(TOUR).expectCompleted().expectNoAnswer();
    }

    @Test
    void shouldBeTakenBackAfterItWasDone() {
        done().takenBackBy(TOUR, 1)
                .expectCommand("hotels", "CancelHotel")
                .succeeds()
                .expectNoAnswer()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated(Failure.CANCELLED)
                .expectAnswer(Direction.COMPENSATION, SUCCESS);
    }

    @Test
    void shouldBeTakenBackWhileItRuns() {
        started()
                .takenBackBy(TOUR, 1)
                .failsWith("FULL")
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated(Failure.CANCELLED)
                .expectAnswer(Direction.COMPENSATION, SUCCESS)
                .expectNoAnswer();
    }

    @Test
    void shouldRefuseWithWhatItWasRefused() {
        started()
                .failsWith("FULL")
                .expectCommand("flights", "CancelFlight")
                .expectNoAnswer()
                .succeeds()
                .expectCompensated("FULL")
                .expectAnswer(Direction.ACTION, "FULL");
    }

    @Test
    void shouldSayThatItIsUnderWayWhenAskedAgain() {
        started()
                .startedBy(TOUR, 2)
                .expectRejected(Rejection.KEY_TAKEN)
                .expectAnswer(Direction.ACTION, "progress");
        done().startedBy(TOUR, 2).expectAnswer(Direction.ACTION, SUCCESS);
    }

    @Test
    void shouldSayAgainThatItIsTakenBack() {
        done().takenBackBy(TOUR, 1)
                .expectCommand("hotels", "CancelHotel")
                .takenBackBy(TOUR, 1)
                .expectRejected(Rejection.OPERATION_REPEATED)
                .expectAnswer(Direction.COMPENSATION, "progress")
                .then("CancelHotel")
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectAnswer(Direction.COMPENSATION, SUCCESS)
                .takenBackBy(TOUR, 1)
                .expectRejected(Rejection.SAGA_ENDED)
                .expectAnswer(Direction.COMPENSATION, SUCCESS);
    }

    @Test
    void shouldRefuseToBeTakenBackPastItsPointOfNoReturn() {
        given(trip().step(step("pay", "bank", "Pay").pivot()).build())
                .startedBy(TOUR, 1)
                .expectCommand("bank", "Pay")
                .succeeds()
                .expectAnswer(Direction.ACTION, SUCCESS)
                .takenBackBy(TOUR, 1)
                .expectRejected(Rejection.NOT_ALLOWED)
                .expectAnswer(Direction.COMPENSATION, "PAST_POINT_OF_NO_RETURN")
                .expectPhase(Phase.RUNNING);
    }

    @Test
    void shouldRefuseOnceAPivotThatWasOutHasSucceeded() {
        given(trip().step(flight()).step(step("pay", "bank", "Pay").pivot()).build())
                .startedBy(TOUR, 1)
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectCommand("bank", "Pay")
                .takenBackBy(TOUR, 1)
                .expectNoAnswer()
                .succeeds()
                .expectAnswer(Direction.COMPENSATION, "PAST_POINT_OF_NO_RETURN")
                .takenBackBy(TOUR, 1)
                .expectRejected(Rejection.NOT_ALLOWED)
                .expectAnswer(Direction.COMPENSATION, "PAST_POINT_OF_NO_RETURN")
                .parentEnds(TOUR)
                .expectCompleted();
    }

    @Test
    void shouldTakeNoEventAnyMoreOnceItIsDone() {
        Channel picked = new Channel.Signal("picked");
        Await await =
                new Await(
                        "picked",
                        picked,
                        "Arrived",
                        Optional.empty(),
                        Optional.of(Duration.ofMinutes(1)),
                        flight().build().compensation(),
                        Map.of(Failure.TIMED_OUT, new FailurePolicy.Continue()));
        given(trip().then(await).build())
                .startedBy(TOUR, 1)
                .silentFor(Duration.ofMinutes(1))
                .expectAnswer(Direction.ACTION, SUCCESS)
                .arrives(picked, "late")
                .expectRejected(Rejection.NOT_AWAITED)
                .expectNoCommand();
    }

    @Test
    void shouldNotGoOnByAnotherVersionOnceItIsDone() {
        SagaDefinition longer =
                TestSaga.saga("trip", 2).step(flight()).step(hotel()).step(car()).build();
        SagaDefinition first = trip().step(flight()).step(hotel()).build();
        given(first, longer)
                .startedBy(TOUR, 1)
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectCommand("hotels", "BookHotel")
                .succeeds()
                .intervenes(new InterventionRequest.Migrate(longer.ref()))
                .expectRejected(Rejection.NOT_ALLOWED);
    }

    /** The answer was lost, and the child is no longer kept. */
    @Test
    void shouldSayWhatBecameOfItAsLongAsItsKeyIsTaken() {
        started()
                .failsWith("FULL")
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectAnswer(Direction.ACTION, "FULL")
                .silentFor(Duration.ofDays(8))
                .expectForgotten(true)
                .startedBy(TOUR, 2)
                .expectAnswer(Direction.ACTION, "COMPENSATED")
                .takenBackBy(TOUR, 1)
                .expectAnswer(Direction.COMPENSATION, SUCCESS);
    }

    @Test
    void shouldSayWhenAnOperatorHasAbandonedIt() {
        started()
                .intervenes(new InterventionRequest.Abandon())
                .expectAnswer(Direction.ACTION, "ABANDONED");
    }

    @Test
    void shouldListenToItsOwnParentOnly() {
        Parent other = new Parent(SagaId.of("tour", "t-8"), 1_000, "book", 1, Optional.empty());
        done().takenBackBy(other, 1)
                .expectRejected(Rejection.OTHER_PARENT)
                .expectNoAnswer()
                .parentEnds(other)
                .expectRejected(Rejection.OTHER_PARENT)
                .expectPhase(Phase.RUNNING);
    }

    @Test
    void shouldHaveNothingToTakeBackIfItNeverStarted() {
        given(trip().step(flight()).build())
                .takenBackBy(TOUR, 1)
                .expectNoCommand()
                .expectAnswer(Direction.COMPENSATION, SUCCESS);
    }

    @Test
    void shouldBeFinalAtOnceIfItsParentHasEndedMeanwhile() {
        started().parentEnds(TOUR).succeeds().expectCompleted().expectNoAnswer();
    }
}
