package io.clew.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

    private static final String TOPIC = "saga.definitions";

    @TempDir private static Path directory;

    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start(directory);
        Topics.ensure(broker.bootstrapServers(), Topics.LOCAL_INBOX_PARTITIONS);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldKeepRecordsWhenKilledAndStartedAgain() {
        // given
        send("before");

        // when
        broker.kill();
        assertThat(broker.isAlive()).isFalse();
        broker.start();
        send("after");
        broker.restart();

        // then
        assertThat(read()).containsSubsequence("before", "after");
    }

    @Test
    void shouldStandStillWhileSuspended() {
        // given
        broker.suspend();

        // when
        assertThatThrownBy(() -> send("lost")).isInstanceOf(IllegalStateException.class);
        broker.resume();
        send("heard");

        // then
        assertThat(read()).contains("heard");
    }

    @Test
    void shouldKeepTakingRecordsWhenOneOfThreeIsKilled() throws Exception {
        // given
        List<KafkaBroker> brokers =
                KafkaBroker.cluster(directory.resolve("cluster"), 3).stream()
                        .map(KafkaBroker.Builder::build)
                        .toList();
        try {
            brokers.forEach(KafkaBroker::launch);
            brokers.forEach(KafkaBroker::awaitReady);
            String servers =
                    brokers.stream()
                            .map(KafkaBroker::bootstrapServers)
                            .collect(Collectors.joining(","));
            Topics.ensure(servers, Topics.LOCAL_INBOX_PARTITIONS);

            // when
            brokers.get(0).kill();

            // then
            var settings = Map.<String, Object>of("bootstrap.servers", servers, "acks", "all");
            var serializer = new StringSerializer();
            try (var producer = new KafkaProducer<>(settings, serializer, serializer)) {
                for (int partition = 0; partition < 8; partition++) {
                    var sent = new ProducerRecord<>("saga.inbox", partition, "key", "value");
                    assertThat(producer.send(sent).get().hasOffset()).isTrue();
                }
            }
        } finally {
            brokers.forEach(KafkaBroker::kill);
        }
    }

    @Test
    void shouldCreateTopicsOnceAndRefuseOtherSettings() {
        // when
        Topics.ensure(broker.bootstrapServers(), Topics.LOCAL_INBOX_PARTITIONS);

        // then
        assertThatThrownBy(() -> Topics.ensure(broker.bootstrapServers(), 4))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Expected topic saga.inbox to have partitions 4 but it has 8");
    }

    @Test
    void shouldNameThePortThatAnotherProgramHas() {
        // given
        var platform =
                LocalPlatform.builder(directory.resolve("other"))
                        .port(Member.KAFKA, broker.port())
                        .coordinators(0);

        // then
        assertThatThrownBy(platform::start)
                .isInstanceOf(PlatformException.class)
                .hasMessage(
                        "Port %d of kafka is taken by another program; stop it or choose another:"
                                        .formatted(broker.port())
                                + " CLEW_KAFKA_PORT=<port>");
    }

    private static void send(String value) {
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

    private static List<String> read() {
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
            var values = new ArrayList<String>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(one -> values.add(one.value()));
            }
            return values;
        }
    }
}
