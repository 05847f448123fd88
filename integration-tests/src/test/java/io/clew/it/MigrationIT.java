package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.participant.ParticipantWorker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A running saga goes on by another version, on a real broker. */
class MigrationIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String PAUSE = "  - delay: pause\n    for: 1h\n";

    private final ClewSystem clew = ClewSystem.shared();
    private final String participant = "till" + UUID.randomUUID().toString().substring(0, 8);
    private final String name = "it-" + participant;
    private final String events = name + ".events";
    private final PlacedOrder order = PlacedOrder.good();

    @Test
    void shouldGoOnByTheNewVersionAndSayWhyItCannotByAnother() {
        Till till = new Till(new TillSaga(clew, participant, ""));
        till.announce(events);
        try (till;
                ParticipantWorker worker = till.work()) {
            assertThat(worker).isNotNull();
            apply(1, step("first") + PAUSE);
            place();
            Await.until(LIMIT, () -> assertThat(waitsFor()).isEqualTo("time"));
            apply(2, step("other") + PAUSE);
            apply(3, step("first") + PAUSE + step("last"));
            apply(4, step("first") + beside(step("last")));

            // when
            Rest.Answer unfit = migrate(2);
            Rest.Answer unknown = migrate(9);
            Rest.Answer fit = migrate(3);

            // then
            assertThat(unfit.status()).as(unfit.text()).isEqualTo(422);
            assertThat(unfit.body().path("code").asText()).isEqualTo("NOT_MIGRATABLE");
            assertThat(unfit.text()).contains("first is not there any more");
            assertThat(unknown.body().path("code").asText()).isEqualTo("NO_SUCH_VERSION");
            assertThat(fit.status()).as(fit.text()).isEqualTo(200);
            assertThat(status().path("version").asInt()).isEqualTo(3);
            assertThat(waitsFor()).isEqualTo("time");

            // when
            migrate(4);

            // then
            Await.until(
                    LIMIT,
                    () ->
                            assertThat(till.effects(order.id() + "-last"))
                                    .containsExactly("CHARGED"));
            assertThat(status().path("version").asInt()).isEqualTo(4);
            assertThat(clew.sagas().timeline(id())).contains("Migrated");
        }
    }

    /** The delay, and beside it a step that was not there before. */
    private static String beside(String step) {
        return """
          - parallel:
              time: { steps: [{ delay: pause, for: 1h }] }
              goods:
                steps:
        %s
        """
                .formatted(step.indent(8).stripTrailing());
    }

    private void apply(int version, String steps) {
        String yaml =
                """
                saga: %s
                version: %d
                startedBy: { topic: %s, event: io.clew.order.OrderPlaced, key: event.orderId }
                steps:
                %s
                """
                        .formatted(name, version, events, steps);
        Rest.Answer answer = clew.apply(name, version, yaml);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private String step(String step) {
        return """
          - step: %1$s
            participant: %2$s
            action:
              command: io.clew.payment.ChargePayment
              with:
                orderId: "event.orderId + '-%1$s'"
                amount: event.totalAmount
                token: "'tok_visa'"
            compensation:
              command: io.clew.payment.RefundPayment
              with: { orderId: "event.orderId + '-%1$s'" }
        """
                .formatted(step, participant);
    }

    private String id() {
        return name + ":" + order.id();
    }

    private void place() {
        try (EventProducer producer = clew.eventProducer()) {
            producer.placeOn(events, List.of(order));
        }
    }

    private JsonNode status() {
        return clew.sagas().status(id()).body();
    }

    private String waitsFor() {
        return status().path("waitsFor").path(0).path("what").asText();
    }

    private Rest.Answer migrate(int version) {
        String body = "{\"intervention\": \"migrate\", \"version\": " + version + "}";
        return clew.coordinator().post("/sagas/" + id() + "/interventions?wait", body);
    }
}
