package io.clew.testkit;

import io.clew.language.KnownSchemas;
import io.clew.saga.Phase;
import io.clew.saga.testkit.SagaEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/** The travel agency of the example: its definition, its schemas and the records in them. */
final class Travel {

    static final String PACKAGE = "io.acme.travel.";

    private static final Path HERE =
            Path.of(
                    System.getProperty("clew.root", ".."),
                    "saga-testkit/src/test/resources/travel");

    static final TestedSaga SAGA =
            TestedSaga.of(HERE.resolve("travel-booking.yaml"), HERE.resolve("schemas"));

    private Travel() {}

    /** The same saga with something in its text replaced. */
    static TestedSaga changed(String text, String by) {
        try {
            String source = Files.readString(HERE.resolve("travel-booking.yaml"));
            if (!source.contains(text)) {
                throw new IllegalArgumentException("Expected in the definition: " + text);
            }
            return TestedSaga.of(
                    source.replace(text, by), KnownSchemas.read(List.of(HERE.resolve("schemas"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isWhole(SagaEnd end) {
        return end.byHand()
                || end.phase() != Phase.COMPLETED
                || (end.stands("bookFlight") && end.stands("bookRoom") && end.stands("chargeCard"));
    }

    static boolean isNothing(SagaEnd end) {
        return end.byHand()
                || end.phase() != Phase.COMPENSATED
                || end.actions().stream().noneMatch(it -> it.standing() == SagaEnd.Standing.DONE);
    }

    static GenericRecord tripRequested(String tripId) {
        return SAGA.record(
                PACKAGE + "TripRequested",
                Map.of(
                        "tripId",
                        tripId,
                        "traveller",
                        "ada",
                        "destination",
                        "Lisbon",
                        "from",
                        LocalDate.of(2026, 5, 1),
                        "nights",
                        3,
                        "card",
                        "card-7"));
    }

    static GenericRecord flightBooked(String booking, String price) {
        return booked("FlightBooked", booking, price);
    }

    static GenericRecord roomBooked(String booking, String price) {
        return booked("RoomBooked", booking, price);
    }

    static GenericRecord carRented(String booking, String price) {
        return booked("CarRented", booking, price);
    }

    static GenericRecord cardCharged(String charge) {
        return SAGA.record(PACKAGE + "CardCharged", Map.of("charge", charge));
    }

    private static GenericRecord booked(String record, String booking, String price) {
        return SAGA.record(
                PACKAGE + record, Map.of("booking", booking, "price", new BigDecimal(price)));
    }
}
