package io.clew.testkit;

import static io.clew.testkit.Travel.carRented;
import static io.clew.testkit.Travel.cardCharged;
import static io.clew.testkit.Travel.flightBooked;
import static io.clew.testkit.Travel.roomBooked;
import static io.clew.testkit.Travel.tripRequested;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.saga.Incident;
import io.clew.saga.StepRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a trip, with every answer the participants may give. */
class TravelScenarioTest {

    private static final String BOOK_FLIGHT = Travel.PACKAGE + "BookFlight";
    private static final String CANCEL_FLIGHT = Travel.PACKAGE + "CancelFlight";
    private static final String BOOK_ROOM = Travel.PACKAGE + "BookRoom";
    private static final String CANCEL_ROOM = Travel.PACKAGE + "CancelRoom";
    private static final String RENT_CAR = Travel.PACKAGE + "RentCar";
    private static final String RETURN_CAR = Travel.PACKAGE + "ReturnCar";
    private static final String CHARGE_CARD = Travel.PACKAGE + "ChargeCard";
    private static final String SEND_ITINERARY = Travel.PACKAGE + "SendItinerary";

    private static DefinitionScenario started() {
        return Travel.SAGA
                .scenario()
                .triggeredBy(tripRequested("t-1"))
                .expectCommand("airline", BOOK_FLIGHT)
                .expectCommand("hotel", BOOK_ROOM)
                .expectCommand("cars", RENT_CAR)
                .expectNoCommand();
    }

    private static DefinitionScenario booked() {
        return started()
                .then(BOOK_FLIGHT)
                .succeeds(flightBooked("f-1", "210.00"))
                .then(BOOK_ROOM)
                .succeeds(roomBooked("r-1", "300.50"))
                .then(RENT_CAR)
                .succeeds(carRented("c-1", "99.00"));
    }

    @Test
    void shouldBookAllAtOnceAndChargeTheSum() {
        started()
                .expectId("travel-booking:t-1")
                .then(BOOK_FLIGHT)
                .saying(
                        Map.of(
                                "tripId", "t-1",
                                "destination", "Lisbon",
                                "on", LocalDate.of(2026, 5, 1)))
                .succeeds(flightBooked("f-1", "210.00"))
                .then(RENT_CAR)
                .saying(Map.of("tripId", "t-1", "destination", "Lisbon", "days", 4))
                .succeeds(carRented("c-1", "99.00"))
                .expectNoCommand()
                .then(BOOK_ROOM)
                .succeeds(roomBooked("r-1", "300.50"))
                .expectCommand("payment", CHARGE_CARD)
                .saying(
                        Map.of(
                                "tripId", "t-1",
                                "card", "card-7",
                                "amount", new BigDecimal("609.50")))
                .succeeds(cardCharged("x-1"))
                .expectCommand("mail", SEND_ITINERARY)
                .saying(Map.of("tripId", "t-1", "flight", "f-1", "room", "r-1", "car", "c-1"))
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldSayWhatHasComeOfIt() {
        TestedSaga giving =
                Travel.changed(
                        "deadline: 1h",
                        """
                        deadline: 1h
                        result:
                          type: io.acme.travel.CarRented
                          with:
                            booking: steps.chargeCard.charge + '/' + steps.bookFlight.booking
                            price: steps.bookFlight.price + steps.bookRoom.price
                        """);
        DefinitionScenario scenario =
                giving.scenario()
                        .triggeredBy(tripRequested("t-1"))
                        .expectCommand("airline", BOOK_FLIGHT)
                        .succeeds(flightBooked("f-1", "210.00"))
                        .expectCommand("hotel", BOOK_ROOM)
                        .succeeds(roomBooked("r-1", "300.50"))
                        .expectCommand("cars", RENT_CAR)
                        .succeeds(carRented("c-1", "99.00"))
                        .expectCommand("payment", CHARGE_CARD)
                        .succeeds(cardCharged("x-1"))
                        .expectCommand("mail", SEND_ITINERARY);
        assertThatThrownBy(() -> scenario.expectResult(carRented("", "0.00")))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("but got no result");

        scenario.succeeds()
                .expectCompleted()
                .expectResult(Map.of("booking", "x-1/f-1", "price", new BigDecimal("510.50")))
                .expectResult(carRented("x-1/f-1", "510.50"));
        assertThatThrownBy(() -> scenario.expectResult(carRented("x-2", "510.50")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("x-1/f-1");
        assertThatThrownBy(() -> started().expectResult(Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected a definition with a result");
    }

    @Test
    void shouldTakeEverythingBackNewestFirstWhenTheCardIsRefused() {
        booked().expectCommand("payment", CHARGE_CARD)
                .failsWith("CARD_DECLINED")
                .expectCommand("cars", RETURN_CAR)
                .saying(Map.of("tripId", "t-1", "booking", "c-1"))
                .succeeds()
                .expectCommand("hotel", CANCEL_ROOM)
                .succeeds()
                .expectCommand("airline", CANCEL_FLIGHT)
                .succeeds()
                .expectCompensated("CARD_DECLINED");
    }

    @Test
    void shouldGoWithoutACarWhenThereIsNone() {
        started()
                .then(RENT_CAR)
                .failsWith("NO_CARS")
                .then(BOOK_FLIGHT)
                .succeeds(flightBooked("f-1", "210.00"))
                .then(BOOK_ROOM)
                .succeeds(roomBooked("r-1", "300.50"))
                .expectCommand("payment", CHARGE_CARD)
                .saying(
                        Map.of(
                                "tripId", "t-1",
                                "card", "card-7",
                                "amount", new BigDecimal("510.50")))
                .succeeds(cardCharged("x-1"))
                .expectCommand("mail", SEND_ITINERARY)
                .saying(Map.of("tripId", "t-1", "flight", "f-1", "room", "r-1"))
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldAskTheHotelTwiceMoreWhenItIsBusy() {
        started()
                .then(BOOK_ROOM)
                .failsWith("BUSY")
                .silentFor(Duration.ofSeconds(1))
                .expectCommand("hotel", BOOK_ROOM)
                .onExecution(2)
                .failsWith("FULL")
                .then(BOOK_FLIGHT)
                .succeeds(flightBooked("f-1", "210.00"))
                .then(RENT_CAR)
                .failsWith("NO_CARS")
                .expectCommand("airline", CANCEL_FLIGHT)
                .succeeds()
                .expectCompensated("FULL");
    }

    @Test
    void shouldCancelAFlightOfWhichNothingIsHeard() {
        started()
                .then(BOOK_ROOM)
                .succeeds(roomBooked("r-1", "300.50"))
                .then(RENT_CAR)
                .succeeds(carRented("c-1", "99.00"))
                .silentFor(Duration.ofSeconds(11))
                .expectCommand("airline", BOOK_FLIGHT)
                .onAttempt(2)
                .silentFor(Duration.ofMinutes(1))
                .passingOverRepeats()
                .expectCommand("cars", RETURN_CAR)
                .succeeds()
                .expectCommand("hotel", CANCEL_ROOM)
                .succeeds()
                .expectCommand("airline", CANCEL_FLIGHT)
                .saying(Map.of("tripId", "t-1"))
                .succeeds()
                .expectCompensated("IN_DOUBT");
    }

    @Test
    void shouldKeepTryingToTellTheTravellerOnceThePaymentIsMade() {
        booked().expectCommand("payment", CHARGE_CARD)
                .succeeds(cardCharged("x-1"))
                .expectCommand("mail", SEND_ITINERARY)
                .failsWith("NO_SUCH_ADDRESS")
                .expectNoCommand()
                .expectIncident(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN)
                .expectStep("chargeCard", StepRecord.Status.SUCCEEDED);
    }
}
