package io.clew.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

    private static final String TOPIC = "saga.definitions";

    @TempDir private Path directory;

    @Test
    void shouldKeepRecordsWhenKilledAndStartedAgain() {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            // given
            Topics.ensure(broker.bootstrapServers(), Topics.LOCAL_INBOX_PARTITIONS);
            send(broker, "before");

            // when
            broker.kill();
            assertThat(broker.isAlive()).isFalse();
            broker.start();
            send(broker, "after");
            broker.restart();

            // then
            assertThat(read(broker)).containsExactly("before", "after");
        }
    }

    @Test
    void shouldStandStillWhileSuspended() {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            // given
            Topics.ensure(broker.bootstrapServers(), Topics.LOCAL_INBOX_PARTITIONS);
            Topics.ensure(broker.bootstrapServers(), Topics.LOCAL_INBOX_PARTITIONS);
            broker.suspend();

            // when
            assertThatThrownBy(() -> send(broker, "lost")).isInstanceOf(RuntimeException.class);
            broker.resume();
            send(broker, "heard");

            // then
            assertThat(read(broker)).contains("heard");
        }
    }

    @Test
    void shouldRefuseATopicWithOtherSettings() {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            // given
            Topics.ensure(broker.bootstrapServers(), 2);

            // then
            assertThatThrownBy(() -> Topics.ensure(broker.bootstrapServers(), 4))
                    .isInstanceOf(PlatformException.class)
                    .hasMessage("Expected topic saga.inbox to have partitions 4 but it has 2");
        }
    }

    private static void send(KafkaBroker broker, String value) {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "delivery.timeout.ms", 2_000,
                        "request.timeout.ms", 1_000,
                        "max.block.ms", 2_000,
                        "linger.ms", 0);
        var serializer = new StringSerializer();
        try (var producer = new KafkaProducer<>(settings, serializer, serializer)) {
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> read(KafkaBroker broker) {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "auto.offset.reset",
                        "earliest");
        var deserializer = new StringDeserializer();
        try (var consumer = new KafkaConsumer<>(settings, deserializer, deserializer)) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            var values = new java.util.ArrayList<String>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(one -> values.add(one.value()));
            }
            return values;
        }
    }
}
