package io.clew.testkit;

import static io.clew.testkit.Travel.carRented;
import static io.clew.testkit.Travel.cardCharged;
import static io.clew.testkit.Travel.flightBooked;
import static io.clew.testkit.Travel.roomBooked;
import static io.clew.testkit.Travel.tripRequested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Trips in worlds full of faults. */
class TravelSimulationTest {

    private static final int WORLDS = 150;
    private static final int ENOUGH = 300;

    private static DefinitionSimulation simulation(TestedSaga saga) {
        return DefinitionSimulation.of(saga, (key, random) -> tripRequested(key))
                .result(
                        Travel.PACKAGE + "BookFlight",
                        random -> flightBooked("f-" + random.nextInt(100), "210.00"))
                .result(
                        Travel.PACKAGE + "BookRoom",
                        random -> roomBooked("r-" + random.nextInt(100), "300.50"))
                .result(Travel.PACKAGE + "RentCar", random -> carRented("c-1", "99.00"))
                .result(Travel.PACKAGE + "ChargeCard", random -> cardCharged("x-1"))
                .refusals(Travel.PACKAGE + "BookFlight", "SOLD_OUT")
                .refusals(Travel.PACKAGE + "BookRoom", "BUSY", "FULL")
                .refusals(Travel.PACKAGE + "RentCar", "NO_CARS", "NO_LICENCE")
                .refusals(Travel.PACKAGE + "ChargeCard", "CARD_DECLINED")
                .invariant("a trip that is paid has a flight and a room", Travel::isWhole)
                .invariant("of a trip that is not paid nothing stands", Travel::isNothing);
    }

    @Test
    void shouldKeepItsInvariantsWhateverHappens() {
        // when
        long sagas = simulation(Travel.SAGA).run(WORLDS);

        // then
        assertThat(sagas).isGreaterThan(ENOUGH);
    }

    @Test
    void shouldFindARoomThatNobodyGivesBack() {
        // given
        String undo =
                """
                compensation:
                              command: io.acme.travel.CancelRoom
                              with:
                                tripId: event.tripId
                                booking: "steps.bookRoom.?booking"
                """;
        TestedSaga careless = Travel.changed(undo, "compensation: none\n");

        // when / then
        assertThatThrownBy(() -> simulation(careless).run(WORLDS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dseed=")
                .hasMessageContaining("of a trip that is not paid nothing stands")
                .hasMessageContaining("bookRoom");
    }

    @Test
    void shouldFindAMappingThatCannotAlwaysBeEvaluated() {
        // given
        TestedSaga hasty =
                Travel.changed(
                        "flight: steps.bookFlight.booking",
                        "flight: string(10 / (event.nights - 3))");

        // when / then
        assertThatThrownBy(() -> simulation(hasty).run(WORLDS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("L1");
    }

    @Test
    void shouldSayWhichValuesAreMissing() {
        assertThatThrownBy(
                        () ->
                                DefinitionSimulation.of(
                                                Travel.SAGA, (key, random) -> tripRequested(key))
                                        .run(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Expected results of io.acme.travel.BookFlight: result(…)");
    }
}
