package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.EvolvedSchema;
import io.clew.it.system.Health;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.PlainReply;
import io.clew.it.system.Rest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** The registry is away: what needs it waits in order and says so, all else goes on. */
class RegistryOutageIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldGoOnWhenTheRegistryComesBackAfterAMinute() {
        // given: an event whose schema no coordinator has seen, and an ordinary one behind it
        PlacedOrder unread = PlacedOrder.good();
        PlacedOrder behind = PlacedOrder.good();
        EvolvedSchema evolved =
                EvolvedSchema.register(
                        new Rest(clew.registryUrl()), "order.events", unread.event(), "giftNote");
        try (EventProducer producer = warmProducer()) {
            Instant back = Instant.now().plusSeconds(60);
            clew.registry().stop();
            try {
                // when
                RecordMetadata first =
                        clew.produceRaw("order.events", behind.id(), evolved.frame(), Map.of());
                producer.place(behind);
                Await.until(
                        LIMIT,
                        () -> {
                            shouldSayWhereItWaits(first);
                            assertThat(clew.sagas().status(unread.sagaId()).status())
                                    .isEqualTo(404);
                            assertThat(clew.sagas().status(behind.sagaId()).status())
                                    .isEqualTo(404);
                            assertThat(Instant.now()).isAfter(back);
                        });
            } finally {
                clew.registry().start();
            }
        }

        // then
        clew.sagas().awaitPhase(unread.sagaId(), "COMPLETED", LIMIT);
        clew.sagas().awaitPhase(behind.sagaId(), "COMPLETED", LIMIT);
        shouldBeWellAgain();
    }

    private void shouldSayWhereItWaits(RecordMetadata first) {
        Health health = Health.of(clew.coordinator());
        assertThat(health.status("schema registry")).isEqualTo("DOWN");
        assertThat(health.data("schema registry", "outage")).isNotEmpty();
        assertThat(health.status("ingress")).isEqualTo("DOWN");
        assertThat(health.data("ingress", "order.events-" + first.partition()))
                .contains("offset " + first.offset(), "registry does not answer");
    }

    @Test
    void shouldKeepAReplyWithItsSagaUntilItsSchemaCanBeHad() {
        // given: a saga that waits for a till, and a result of a kind no coordinator has seen
        TillSaga saga = TillSaga.patient(clew);
        PlacedOrder order = PlacedOrder.good();
        try (Till till = new Till(saga);
                EventProducer producer = warmProducer()) {
            saga.apply(till).place(order);
            ConsumerRecord<String, byte[]> command = saga.awaitCommand(order, "action");
            EvolvedSchema evolved =
                    EvolvedSchema.register(
                            new Rest(clew.registryUrl()),
                            "saga.inbox",
                            Till.charged(order.id(), new BigDecimal("19.90"), Instant.now()),
                            "receipt");
            PlacedOrder other =
                    PlacedOrder.goodWithSaga(
                            clew.topic().goesWith("saga.inbox", saga.sagaId(order)));
            clew.registry().stop();
            try {
                // when
                RecordMetadata reply =
                        clew.produce(PlainReply.succeeded(evolved.frame()).to(command));

                // then
                Await.until(LIMIT, () -> shouldBeKept(saga.sagaId(order), reply));
                producer.place(other);
                clew.sagas().awaitPhase(other.sagaId(), "COMPLETED");
                shouldBeKept(saga.sagaId(order), reply);
            } finally {
                clew.registry().start();
            }
            clew.sagas().awaitPhase(saga.sagaId(order), "COMPLETED", LIMIT);
            assertThat(till.effects()).isEmpty();
        }
        shouldBeWellAgain();
    }

    private void shouldBeKept(String saga, RecordMetadata reply) {
        JsonNode status = clew.sagas().status(saga).body();
        assertThat(status.path("phase").asText()).isEqualTo("RUNNING");
        JsonNode waitsFor = status.path("waitsFor").path(0);
        assertThat(waitsFor.path("what").asText()).isEqualTo("input");
        assertThat(waitsFor.path("detail").asText())
                .contains("offset " + reply.offset(), "schema registry away since");
        Health health = Health.of(clew.coordinator());
        assertThat(health.status("inputs kept")).isEqualTo("DOWN");
        assertThat(health.data("inputs kept", "oldest")).isNotEmpty();
    }

    /** Every service has used every schema of an order, and so has this producer. */
    private EventProducer warmProducer() {
        PlacedOrder first = PlacedOrder.good();
        EventProducer producer = clew.eventProducer();
        producer.place(first);
        clew.sagas().awaitPhase(first.sagaId(), "COMPLETED");
        return producer;
    }

    private void shouldBeWellAgain() {
        Await.until(
                LIMIT,
                () -> {
                    Health health = Health.of(clew.coordinator());
                    assertThat(health.status("schema registry")).isEqualTo("UP");
                    assertThat(health.status("ingress")).isEqualTo("UP");
                    assertThat(health.status("inputs kept")).isEqualTo("UP");
                });
    }
}
