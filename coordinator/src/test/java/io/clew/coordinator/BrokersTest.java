package io.clew.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class BrokersTest {

    @Test
    void shouldGiveEachKindOfClientItsOwnSettings() {
        // given
        var brokers =
                new KafkaWiring.Brokers(
                        Map.of(
                                "security.protocol", "SSL",
                                "consumer.session.timeout.ms", "20000",
                                "producer.linger.ms", "7",
                                "linger.ms", "1"));

        // then
        assertThat(brokers.consumers())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("session.timeout.ms", "20000")
                .containsEntry("linger.ms", "1");
        assertThat(brokers.producers())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "7")
                .doesNotContainKey("session.timeout.ms");
    }

    @Test
    void shouldMakeAProducerWhateverTimesUsersSet() {
        // given
        var brokers =
                new KafkaWiring.Brokers(
                        Map.of(
                                "bootstrap.servers", "127.0.0.1:9",
                                "request.timeout.ms", "30000",
                                "producer.delivery.timeout.ms", "6000",
                                "producer.transactional.id", "mine"));

        // when
        var wiring = new KafkaWiring();
        Producer<byte[], byte[]> producer = wiring.producer(brokers);

        // then
        assertThat(producer).isInstanceOf(KafkaProducer.class);
        wiring.close(producer);
    }
}
