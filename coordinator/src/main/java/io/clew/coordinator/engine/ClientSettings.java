package io.clew.coordinator.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings of Kafka clients, as Kafka Streams reads them: those of consumers or producers alone
 * have {@code consumer.} or {@code producer.} before their names, and go before plain ones.
 *
 * @param all by name
 */
public record ClientSettings(Map<String, ?> all) {
    public ClientSettings {
        all = Map.copyOf(all);
    }

    /** What a consumer is configured with; may be changed. */
    public Map<String, Object> consumers() {
        return with("consumer.");
    }

    /** What a producer is configured with; may be changed. */
    public Map<String, Object> producers() {
        return with("producer.");
    }

    private Map<String, Object> with(String prefix) {
        Map<String, Object> chosen = new HashMap<>(all);
        all.forEach(
                (name, value) -> {
                    if (name.startsWith(prefix)) {
                        chosen.put(name.substring(prefix.length()), value);
                    }
                });
        return chosen;
    }
}
