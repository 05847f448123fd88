package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    @Test
    void shouldGiveEachKindOfClientItsOwnSettings() {
        // given
        var clients =
                new ClientSettings(
                        Map.of(
                                "security.protocol", "SSL",
                                "consumer.session.timeout.ms", "20000",
                                "producer.linger.ms", "7",
                                "linger.ms", "1"));

        // then
        assertThat(clients.consumers())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("session.timeout.ms", "20000")
                .containsEntry("linger.ms", "1");
        assertThat(clients.producers())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "7")
                .doesNotContainKey("session.timeout.ms");
    }
}
