package io.clew.it.faults.check;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginnings, bit by bit, each time to their present ends. */
public final class Replay implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Replay.class.getName());
    private static final int ATTEMPTS = 5;

    private final KafkaConsumer<byte[], byte[]> consumer;

    private Replay(String bootstrap, String isolation, List<String> topics) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "isolation.level",
                        isolation,
                        "max.poll.records",
                        5_000);
        consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(it -> partitions.add(new TopicPartition(topic, it.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    static Replay committed(String bootstrap, String... topics) {
        return new Replay(bootstrap, "read_committed", List.of(topics));
    }

    /** Records of aborted transactions too. */
    static Replay uncommitted(String bootstrap, String... topics) {
        return new Replay(bootstrap, "read_uncommitted", List.of(topics));
    }

    /** Hands over what has come since the last call. */
    void catchUp(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> ends = ends();
        while (ends.entrySet().stream()
                .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(reader);
        }
    }

    /** A cluster that is hurt may not answer at once. */
    private Map<TopicPartition, Long> ends() {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return consumer.endOffsets(consumer.assignment());
            } catch (TimeoutException away) {
                LOGGER.log(Level.INFO, "Asking for the ends of topics again: {0}", away);
            }
        }
        return consumer.endOffsets(consumer.assignment());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
