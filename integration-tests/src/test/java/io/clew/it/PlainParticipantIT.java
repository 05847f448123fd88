package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.Ledger.Books;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.PlainReply;
import io.clew.it.system.Rest;
import io.clew.it.system.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The wire contract is enough to be a participant. */
class PlainParticipantIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ClewSystem clew = ClewSystem.shared();

    @BeforeAll
    static void stopTheReferenceService() {
        ClewSystem.shared().service("shipping").stop();
    }

    @AfterAll
    static void startTheReferenceService() {
        ClewSystem.shared().service("shipping").start();
    }

    @Test
    void shouldShipTheOrderWhenAPlainClientPlaysShipping() {
        // given
        PlacedOrder order = PlacedOrder.good();
        try (PlainShipper shipper = new PlainShipper(clew.bootstrap())) {

            // when
            clew.place(order);

            // then
            clew.sagas().awaitPhase(order.sagaId(), "COMPLETED");
            assertThat(shipper.books().booked()).containsEntry(order.id(), "Berlin");
        }
    }

    @Test
    void shouldTakeBackTheOrderWhenThePlainClientRefusesIt() {
        // given
        PlacedOrder order = PlacedOrder.good().to("AQ");
        try (PlainShipper shipper = new PlainShipper(clew.bootstrap())) {

            // when
            clew.place(order);

            // then
            JsonNode status = clew.sagas().awaitPhase(order.sagaId(), "COMPENSATED");
            assertThat(status.path("failure").path("code").asText()).isEqualTo("UNDELIVERABLE");
            assertThat(shipper.books().booked()).doesNotContainKey(order.id());
            assertThat(clew.ledger().of(order.id()))
                    .isEqualTo(new Books(List.of("CANCELLED"), List.of("REFUNDED"), List.of()));
        }
    }

    @Test
    void shouldTakeBackWhatThePlainClientBookedWhenTheOrderIsCancelled() {
        // given: nobody has answered the command to book yet
        PlacedOrder order = PlacedOrder.good();
        clew.place(order);
        Await.until(LIMIT, () -> shouldWaitForTheShipment(order));
        Rest.Answer cancelled =
                clew.coordinator()
                        .post(
                                "/sagas/" + order.sagaId() + "/interventions?wait",
                                "{\"intervention\": \"cancel\"}");
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);

        // when
        try (PlainShipper shipper = new PlainShipper(clew.bootstrap())) {

            // then
            clew.sagas().awaitPhase(order.sagaId(), "COMPENSATED");
            assertThat(shipper.books().booked()).doesNotContainKey(order.id());
            assertThat(shipper.books().cancelled()).containsOnlyOnce(order.id());
        }
        shouldRefuseToBookWhatWasTakenBackBefore(order);
    }

    /** The same two commands to somebody else, the wrong way round. */
    private void shouldRefuseToBookWhatWasTakenBackBefore(PlacedOrder order) {
        PlainBooks books = new PlainBooks();
        PlainReply takenBack = books.answer(command(order, "CancelShipment"));
        PlainReply tooLate = books.answer(command(order, "BookShipment"));
        assertThat(takenBack).isEqualTo(PlainReply.succeeded());
        assertThat(tooLate).isEqualTo(PlainReply.failed("FENCED"));
        assertThat(books.booked()).isEmpty();
        assertThat(books.cancelled()).isEmpty();
    }

    private ConsumerRecord<String, byte[]> command(PlacedOrder order, String name) {
        return clew.commands().of(order.sagaId()).stream()
                .filter(it -> Topic.header(it, "ce_type").endsWith("." + name))
                .findFirst()
                .orElseThrow();
    }

    private void shouldWaitForTheShipment(PlacedOrder order) {
        Rest.Answer status = clew.sagas().status(order.sagaId());
        assertThat(status.body().path("currentSteps").path(0).path("step").asText())
                .as(status.text())
                .isEqualTo("bookShipment");
    }
}
