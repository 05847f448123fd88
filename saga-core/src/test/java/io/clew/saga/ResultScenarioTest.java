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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a saga comes to, and what its parent makes of it. */
class ResultScenarioTest {
    private static final String SUCCESS = "succeeded";
    private static final Parent TOUR =
            new Parent(SagaId.of("tour", "t-9"), 1_000, "book", 1, Optional.empty());

    private static final String BOOKED =
            "succeeded Booked(child {bookFlight=seat 7, bookHotel=room 9})";

    private static final ResultCheck BOOKING =
            result ->
                    result.filter(it -> TestSaga.text(it).startsWith("Booked(")).isPresent()
                            ? Optional.empty()
                            : Optional.of("Expected a Booked");

    /** A trip that a tour has asked for, and that gives its bookings. */
    private static SagaScenario giving() {
        return given(trip().step(flight()).step(hotel()).result("Booked").build())
                .startedBy(TOUR, 1)
                .expectCommand("flights", "BookFlight")
                .succeeds("seat 7")
                .expectCommand("hotels", "BookHotel");
    }

    @Test
    void shouldGiveItsResultOnceAllIsDone() {
        SagaScenario scenario =
                giving().expectNoAnswer()
                        .succeeds("room 9")
                        .expectEvent(SagaEvent.WorkDone.class)
                        .expectAnswer(Direction.ACTION, BOOKED);
        Optional<Bytes> result = scenario.saga().result();
        assertThat(result).isPresent();
        scenario.parentEnds(TOUR).expectCompleted();
        assertThat(scenario.saga().result()).isEqualTo(result);
    }

    @Test
    void shouldGiveTheSameResultWheneverItIsAsked() {
        giving().succeeds("room 9")
                .expectAnswer(Direction.ACTION, BOOKED)
                .startedBy(TOUR, 2)
                .expectRejected(Rejection.KEY_TAKEN)
                .expectAnswer(Direction.ACTION, BOOKED)
                .startedBy(TOUR, 3)
                .expectAnswer(Direction.ACTION, BOOKED);
    }

    @Test
    void shouldGiveNoResultOfWhatIsTakenBack() {
        SagaScenario scenario =
                giving().succeeds("room 9")
                        .expectAnswer(Direction.ACTION, BOOKED)
                        .takenBackBy(TOUR, 1)
                        .expectCommand("hotels", "CancelHotel")
                        .succeeds()
                        .expectCommand("flights", "CancelFlight")
                        .succeeds()
                        .expectCompensated(Failure.CANCELLED)
                        .expectAnswer(Direction.COMPENSATION, SUCCESS);
        assertThat(scenario.saga().result()).isEmpty();
        giving().failsWith("FULL")
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectAnswer(Direction.ACTION, "FULL");
    }

    @Test
    void shouldKeepTheLastReplyUntilItsResultCanBeMade() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Mapping mapping =
                scope -> {
                    if (broken.get()) {
                        throw new MappingException("no such field");
                    }
                    return Bytes.utf8("Booked" + scope.outputs().keySet());
                };
        SagaScenario scenario =
                given(trip().step(flight()).result(new ResultSpec("Booked", mapping)).build())
                        .startedBy(TOUR, 1)
                        .expectCommand("flights", "BookFlight")
                        .succeeds("seat 7")
                        .expectHeld(Incident.Code.INPUT_FAULT)
                        .expectKept(1)
                        .expectNoAnswer()
                        .intervenes(new InterventionRequest.Retry())
                        .expectHeld(Incident.Code.INPUT_FAULT);
        broken.set(false);
        scenario.intervenes(new InterventionRequest.Retry())
                .expectNoIncident()
                .expectKept(0)
                .expectAnswer(Direction.ACTION, "succeeded Booked[bookFlight]")
                .parentEnds(TOUR)
                .expectCompleted();
    }

    @Test
    void shouldWaitWithItsResultForTheRegistry() {
        giving().registryAway()
                .succeeds("room 9")
                .expectNoAnswer()
                .allBack()
                .expectAnswer(Direction.ACTION, BOOKED);
    }

    @Test
    void shouldKeepTheResultOfASagaThatIsNobodysChild() {
        SagaScenario scenario =
                given(trip().step(flight()).result("Booked").build())
                        .triggeredBy("t-1")
                        .expectCommand("flights", "BookFlight")
                        .succeeds("seat 7")
                        .expectCompleted();
        assertThat(scenario.saga().result())
                .contains(Bytes.utf8("Booked(t-1 {bookFlight=seat 7})"));
    }

    @Test
    void shouldHandWhatItsChildGivesToTheNextStep() {
        given(trip().step(child("book", "trip").result(BOOKING)).step(car()).build())
                .triggeredBy("t-9")
                .expectCommand("saga.trip", "Start-trip")
                .succeeds("Booked(seat 7)")
                .expectCommand("cars", "RentCar")
                .saying("RentCar(t-9 {book=Booked(seat 7)})");
    }

    /** Which version of its definition a child follows is known only once it is asked. */
    @Test
    void shouldAskAgainAndTakeBackAChildThatGivesSomethingElse() {
        RetryPolicy twice = new RetryPolicy(2, Duration.ofSeconds(1), 2, Duration.ofSeconds(10));
        SagaScenario scenario =
                given(
                                trip().step(child("book", "trip").result(BOOKING).retry(twice))
                                        .step(car())
                                        .build())
                        .triggeredBy("t-9")
                        .expectCommand("saga.trip", "Start-trip")
                        .succeeds();
        assertThat(scenario.saga().outstanding().get(0).lastError().orElseThrow())
                .isEqualTo(new Failure("BAD_RESULT", "Expected a Booked", "book"));
        scenario.silentFor(Duration.ofSeconds(5))
                .expectCommand("saga.trip", "Start-trip")
                .onAttempt(2)
                .succeeds("Boarded(seat 7)")
                .expectCommand("saga.trip", ChildSagas.TAKE_BACK)
                .succeeds()
                .expectCompensated(Failure.IN_DOUBT);
    }

    @Test
    void shouldTellOperatorsOfAChildThatCannotBeTakenBackAndGivesSomethingElse() {
        RetryPolicy once = new RetryPolicy(1, Duration.ofSeconds(1), 2, Duration.ofSeconds(10));
        SagaDefinition first =
                trip().step(step("book", "saga.trip", "Start-trip").result(BOOKING).retry(once))
                        .build();
        SagaDefinition second =
                TestSaga.saga("trip", 2)
                        .step(step("book", "saga.trip", "Start-trip").retry(once))
                        .build();
        given(first, second)
                .triggeredBy("t-9")
                .expectCommand("saga.trip", "Start-trip")
                .succeeds()
                .expectIncident(Incident.Code.NO_OUTCOME)
                .intervenes(new InterventionRequest.Migrate(second.ref()))
                .silentFor(Duration.ofSeconds(5))
                .expectCommand("saga.trip", "Start-trip")
                .succeeds()
                .expectNoIncident()
                .expectCompleted();
    }

    @Test
    void shouldStillGiveWhatItsParentMayReadInAnotherVersion() {
        SagaInstance child = giving().saga();
        SagaDefinition from = trip().step(flight()).step(hotel()).result("Booked").build();
        TestSaga to = TestSaga.saga("trip", 2).step(flight()).step(hotel());
        assertThat(Migration.problems(from, to.build(), child))
                .containsExactly(
                        "its result was Booked and there is none, but its parent may read it");
        assertThat(Migration.problems(from, to.result("Boarded").build(), child))
                .containsExactly(
                        "its result was Booked and is Boarded, but its parent may read it");
        assertThat(Migration.problems(from, to.result("Booked").build(), child)).isEmpty();
        SagaInstance alone =
                given(from).triggeredBy("t-1").expectCommand("flights", "BookFlight").saga();
        assertThat(Migration.problems(from, to.result("Boarded").build(), alone)).isEmpty();
    }
}
