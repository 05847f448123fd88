package io.clew.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What lies on a topic of the real broker, from its beginning. */
final class Topic implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

    Topic(String name) {
        var config = new HashMap<>(RealParts.get().config());
        config.remove("value.deserializer");
        consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions =
                consumer.partitionsFor(name).stream()
                        .map(info -> new TopicPartition(name, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads until there are that many records of this kind. */
    List<ConsumerRecord<byte[], byte[]>> await(
            int count, Predicate<ConsumerRecord<byte[], byte[]>> kind) {
        var end = Instant.now().plus(LIMIT);
        while (matching(kind).size() < count && Instant.now().isBefore(end)) {
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
        assertThat(matching(kind)).hasSize(count);
        return matching(kind);
    }

    private List<ConsumerRecord<byte[], byte[]>> matching(
            Predicate<ConsumerRecord<byte[], byte[]>> kind) {
        return seen.stream().filter(kind).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
