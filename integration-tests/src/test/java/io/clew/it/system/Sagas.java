package io.clew.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a coordinator about sagas. */
public final class Sagas {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Rest coordinator;

    public Sagas(Rest coordinator) {
        this.coordinator = coordinator;
    }

    /** Id of the reference saga of an order. */
    public static String ofOrder(String orderId) {
        return "order-fulfilment:" + orderId;
    }

    /** The status once the saga is in this phase. */
    public JsonNode awaitPhase(String sagaId, String phase) {
        return awaitPhase(sagaId, phase, LIMIT);
    }

    public JsonNode awaitPhase(String sagaId, String phase, Duration limit) {
        return Await.value(
                limit,
                () -> {
                    Rest.Answer answer = status(sagaId);
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    assertThat(answer.body().path("phase").asText())
                            .as(answer.text())
                            .isEqualTo(phase);
                    return answer.body();
                });
    }

    /** Waits until the saga has ended, whichever way, by the coordinator's own push. */
    public JsonNode awaitEnd(String sagaId) {
        return Await.value(
                LIMIT,
                () -> {
                    Rest.Answer answer =
                            coordinator.get("/sagas/" + sagaId, Map.of("Prefer", "wait=10"));
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    assertThat(answer.body().path("phase").asText())
                            .isIn("COMPLETED", "COMPENSATED", "ABANDONED");
                    return answer.body();
                });
    }

    public Rest.Answer status(String sagaId) {
        return coordinator.get("/sagas/" + sagaId);
    }

    /** Types of the saga's events in their order. */
    public List<String> timeline(String sagaId) {
        Rest.Answer answer = coordinator.get("/sagas/" + sagaId + "/timeline");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> types = new ArrayList<>();
        answer.body()
                .findValues("events")
                .forEach(events -> events.forEach(event -> types.add(event.path("type").asText())));
        return types;
    }
}
