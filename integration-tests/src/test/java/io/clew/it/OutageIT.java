package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.EvolvedSchema;
import io.clew.it.system.Ledger.Books;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A part is away for a while: sagas wait, say what for, and finish with one effect each. */
class OutageIT {
    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldWaitAndFinishWhenAServiceIsAwayForThreeTimeouts() {
        // given: payment's timeout is 10 s
        List<PlacedOrder> orders = Stream.generate(PlacedOrder::good).limit(5).toList();
        Instant back = Instant.now().plusSeconds(31);
        clew.service("payment").stop();
        try {
            orders.forEach(order -> clew.orders().post("/orders", order.json()));

            // when
            Await.until(
                    Duration.ofSeconds(60),
                    () -> {
                        orders.forEach(this::shouldSayWhatItWaitsFor);
                        assertThat(Instant.now()).isAfter(back);
                    });
        } finally {
            clew.service("payment").start();
        }

        // then
        for (PlacedOrder order : orders) {
            clew.sagas().awaitPhase(order.sagaId(), "COMPLETED", Duration.ofSeconds(90));
            assertThat(clew.ledger().of(order.id())).isEqualTo(Books.SHIPPED);
        }
    }

    private void shouldSayWhatItWaitsFor(PlacedOrder order) {
        JsonNode status = clew.sagas().status(order.sagaId()).body();
        assertThat(status.path("phase").asText()).isEqualTo("RUNNING");
        assertThat(status.path("currentSteps").path(0).path("participant").asText())
                .isEqualTo("payment");
        JsonNode waitsFor = status.path("waitsFor").path(0);
        assertThat(Instant.parse(waitsFor.path("until").asText()))
                .isAfter(Instant.now().minusSeconds(5));
    }

    @Test
    void shouldGoOnWhenTheRegistryComesBackAfterAMinute() {
        // given: an event whose schema no coordinator has seen
        PlacedOrder order = PlacedOrder.good();
        EvolvedSchema evolved =
                EvolvedSchema.register(
                        new Rest(clew.registryUrl()), "order.events", order.event(), "giftNote");
        Instant back = Instant.now().plusSeconds(60);
        clew.registry().stop();
        try {
            // when
            clew.produceRaw("order.events", order.id(), evolved.frame(), Map.of());
            Await.until(
                    Duration.ofSeconds(90),
                    () -> {
                        Rest.Answer health = clew.coordinator().get("/q/health");
                        assertThat(health.text()).containsIgnoringCase("registry");
                        assertThat(clew.sagas().status(order.sagaId()).status()).isEqualTo(404);
                        assertThat(Instant.now()).isAfter(back);
                    });
        } finally {
            clew.registry().start();
        }

        // then
        clew.sagas().awaitPhase(order.sagaId(), "COMPLETED", Duration.ofSeconds(90));
    }
}
