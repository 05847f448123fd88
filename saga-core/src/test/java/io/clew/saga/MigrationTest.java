package io.clew.saga;

import static io.clew.saga.Trips.beside;
import static io.clew.saga.Trips.car;
import static io.clew.saga.Trips.choice;
import static io.clew.saga.Trips.flight;
import static io.clew.saga.Trips.hotel;
import static io.clew.saga.testkit.SagaScenario.given;
import static io.clew.saga.testkit.TestStep.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaScenario;
import io.clew.saga.testkit.TestSaga;
import io.clew.saga.testkit.TestStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A running saga goes on by another version. */
class MigrationTest {
    private static SagaDefinition version(int version, Node... nodes) {
        TestSaga saga = TestSaga.saga("trip", version);
        for (Node node : nodes) {
            saga.then(node);
        }
        return saga.build();
    }

    private static final SagaDefinition FIRST = version(1, flight().build(), car().build());

    /** It has a flight, and stands at its car. */
    private static SagaScenario renting(SagaDefinition... further) {
        return given(FIRST, further)
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectCommand("cars", "RentCar");
    }

    private static List<String> problems(Node... nodes) {
        return Migration.problems(FIRST, version(2, nodes), renting().saga());
    }

    @Test
    void shouldGoOnByTheNewVersion() {
        SagaDefinition second = version(2, flight().build(), car().build(), hotel().build());
        renting(second)
                .intervenes(new InterventionRequest.Migrate(second.ref()))
                .expectEvent(SagaEvent.Migrated.class)
                .then("RentCar")
                .succeeds()
                .expectCommand("hotels", "BookHotel")
                .failsWith("FULL")
                .expectCommand("cars", "ReturnCar")
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated("FULL");
    }

    @Test
    void shouldBeginWhatIsNextInTheNewVersionAtOnce() {
        SagaDefinition second =
                version(2, flight().build(), beside(car().build(), hotel().build()));
        renting(second)
                .intervenes(new InterventionRequest.Migrate(second.ref()))
                .expectCommand("hotels", "BookHotel");
    }

    @Test
    void shouldGoOnWithAnInputThatTheVersionBeforeFailedOn() {
        TestStep broken =
                car().mapping(
                                scope -> {
                                    throw new MappingException("no such field");
                                });
        SagaDefinition first = version(1, flight().build(), broken.build());
        SagaDefinition second = version(2, flight().build(), car().build());
        given(first, second)
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectHeld(Incident.Code.INPUT_FAULT)
                .intervenes(new InterventionRequest.Migrate(second.ref()))
                .intervenes(new InterventionRequest.Retry())
                .expectNoIncident()
                .expectCommand("cars", "RentCar")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndStayWhereItIs() {
        SagaDefinition second = version(2, hotel().build(), car().build());
        renting(second)
                .intervenes(new InterventionRequest.Migrate(second.ref()))
                .expectRejected(Rejection.NOT_MIGRATABLE)
                .then("RentCar")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldWaitForAVersionThatIsNotHereYet() {
        SagaDefinition second = version(2, flight().build(), car().build(), hotel().build());
        renting().intervenes(new InterventionRequest.Migrate(second.ref())).expectKept(1);
    }

    @Test
    void shouldSayWhatIsNotThereAnyMore() {
        assertThat(problems(car().build())).containsExactly("bookFlight is not there any more");
    }

    @Test
    void shouldSayWhatCanNoLongerBeTakenBack() {
        Node bare = step("bookFlight", "flights", "BookFlight").build();
        assertThat(problems(bare, car().build()))
                .containsExactly("bookFlight can no longer be taken back");
    }

    @Test
    void shouldSayWhatIsOutAsAnotherCommand() {
        Node other = step("rentCar", "cars", "RentVan").compensation("ReturnCar").build();
        assertThat(problems(flight().build(), other))
                .containsExactly("rentCar is out by another command");
    }

    @Test
    void shouldSayWhatComesBeforeWhatIsDone() {
        assertThat(problems(flight().build(), hotel().build(), car().build()))
                .containsExactly(
                        "the step rentCar has begun, but before it comes the step bookHotel");
    }

    @Test
    void shouldSayWhatIsOfAnotherKindOrInOtherLoops() {
        Node loop = new ForEach("forEach#1", scope -> 1, 1, Sequence.of(flight().build()));
        assertThat(problems(loop, car().build()))
                .containsExactly("bookFlight stands in other loops");
        assertThat(problems(new Savepoint("bookFlight"), car().build()))
                .containsExactly(
                        "bookFlight was the step bookFlight and is the savepoint bookFlight");
        Node retriable = step("bookFlight", "flights", "BookFlight").retriable().build();
        assertThat(problems(retriable, car().build())).contains("bookFlight was of another kind");
    }

    @Test
    void shouldSayThatATurnIsNotTheSame() {
        SagaDefinition first = version(1, choice(scope -> true, flight().build(), hotel().build()));
        SagaInstance saga = given(first).triggeredBy("t-1").saga();
        SagaDefinition turned =
                version(2, choice(scope -> true, hotel().build(), flight().build()));
        assertThat(Migration.problems(first, turned, saga))
                .contains("the turn taken at choice#1 is not the same there");
        SagaDefinition same =
                version(
                        2,
                        choice(scope -> false, flight().build(), hotel().build()),
                        car().build());
        assertThat(Migration.problems(first, same, saga)).isEmpty();
    }

    @Test
    void shouldSayThatAnotherParticipantWouldTakeItBack() {
        Node other =
                step("bookFlight", "trains", "BookFlight").compensation("CancelFlight").build();
        assertThat(problems(other, car().build()))
                .containsExactly(
                        "bookFlight was done by another command",
                        "bookFlight is taken back by another command");
    }

    @Test
    void shouldSayThatWhatIsOutCouldNotBeTakenBack() {
        SagaDefinition first = version(1, step("tell", "mail", "Tell").build());
        SagaInstance saga = given(first).triggeredBy("t-1").saga();
        SagaDefinition second =
                version(2, step("tell", "mail", "Tell").compensation("Untell").build());
        assertThat(Migration.problems(first, second, saga))
                .containsExactly("tell is out, and could not be taken back");
    }

    @Test
    void shouldSayThatThePointOfNoReturnHasMoved() {
        Node tell = step("tell", "mail", "Tell").retriable().build();
        SagaDefinition first = version(1, tell);
        SagaInstance saga = given(first).triggeredBy("t-1").saga();
        SagaDefinition second =
                version(2, beside(tell, step("pay", "bank", "Pay").pivot().build()));
        assertThat(Migration.problems(first, second, saga))
                .containsExactly("its point of no return is not where it was");
    }

    @Test
    void shouldSayThatAnArmWasNotChosen() {
        assertThat(
                        problems(
                                flight().build(),
                                choice(scope -> false, car().build(), hotel().build())))
                .containsExactly("the arm express has begun, but not by choice");
    }

    @Test
    void shouldLookAtEachItemOfALoop() {
        SagaDefinition first =
                version(
                        1,
                        new ForEach(
                                "l", scope -> 2, 2, Sequence.of(flight().build(), car().build())));
        SagaDefinition second =
                version(
                        2,
                        new ForEach(
                                "l", scope -> 2, 2, Sequence.of(car().build(), flight().build())));
        SagaInstance saga =
                given(first)
                        .triggeredBy("t-1")
                        .expectCommand("flights", "BookFlight")
                        .expectCommand("flights", "BookFlight")
                        .succeeds()
                        .saga();
        assertThat(Migration.problems(first, second, saga))
                .containsExactly(
                        "the step bookFlight has begun, but before it comes the step rentCar");
    }

    @Test
    void shouldSayThatAResultCannotBeRead() {
        TestStep picky = flight().result(result -> Optional.of("it fits no schema"));
        assertThat(problems(picky.build(), car().build()))
                .containsExactly("the result of bookFlight: it fits no schema");
    }

    @Test
    void shouldSayThatItFollowsItAlreadyOrIsOfAnotherName() {
        SagaInstance saga = renting().saga();
        assertThat(Migration.problems(FIRST, FIRST, saga))
                .containsExactly("it follows trip:1 already");
        SagaDefinition other = TestSaga.saga("tour", 2).step(flight()).build();
        assertThat(Migration.problems(FIRST, other, saga))
                .containsExactly("it is a saga of trip, not of tour");
    }
}
