package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumersTest {

    @Test
    void shouldNotTakeAHeartbeatThatIsLongerThanItsSession() {
        // when
        Map<String, Object> config =
                Consumers.config(
                        Map.of(
                                "bootstrap.servers",
                                "127.0.0.1:9",
                                "heartbeat.interval.ms",
                                "10000"),
                        "group",
                        "client");

        // then
        assertThat(config).containsEntry("heartbeat.interval.ms", 500);
        Consumers.of(config).close();
    }

    @Test
    void shouldWaitAsLongAsTheUserSaysAndCommitByItselfAllTheSame() {
        // when
        Map<String, Object> config =
                Consumers.config(
                        Map.of("session.timeout.ms", "20000", "enable.auto.commit", "true"),
                        "group",
                        "client");

        // then
        assertThat(config)
                .containsEntry("session.timeout.ms", "20000")
                .containsEntry("heartbeat.interval.ms", 500)
                .containsEntry("enable.auto.commit", false)
                .containsEntry("group.id", "group");
    }
}
