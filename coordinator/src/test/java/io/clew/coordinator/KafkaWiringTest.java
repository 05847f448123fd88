package io.clew.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.engine.ClientSettings;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class KafkaWiringTest {

    @Test
    void shouldMakeAProducerWhateverTimesUsersSet() {
        // given
        var clients =
                new ClientSettings(
                        Map.of(
                                "bootstrap.servers", "127.0.0.1:9",
                                "request.timeout.ms", "30000",
                                "producer.delivery.timeout.ms", "6000",
                                "producer.transactional.id", "mine"));

        // when
        var wiring = new KafkaWiring();
        Producer<byte[], byte[]> producer = wiring.producer(clients);

        // then
        assertThat(producer).isInstanceOf(KafkaProducer.class);
        wiring.close(producer);
    }
}
