package io.clew.benchmark.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients with the same fixed settings for the floor and for what is compared with it. */
public final class Clients {

    /** Of every producer. */
    public static final Map<String, Object> PRODUCER =
            Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.LINGER_MS_CONFIG,
                    0,
                    ProducerConfig.BATCH_SIZE_CONFIG,
                    128 << 10);

    /** Of every consumer but for its isolation. */
    public static final Map<String, Object> CONSUMER =
            Map.of(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                    1,
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    2000);

    private Clients() {}

    static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        var config = new TreeMap<>(PRODUCER);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads its topic from now on, committed records alone, all partitions. */
    static KafkaConsumer<byte[], byte[]> reader(String bootstrapServers, String topic) {
        var config = new TreeMap<>(CONSUMER);
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var consumer = consumer(config);
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(one -> new TopicPartition(topic, one.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    /** A member of a group that reads everything as soon as it is there. */
    static KafkaConsumer<byte[], byte[]> member(
            String bootstrapServers, String group, String topic) {
        var config = new TreeMap<>(CONSUMER);
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        var consumer = consumer(config);
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
