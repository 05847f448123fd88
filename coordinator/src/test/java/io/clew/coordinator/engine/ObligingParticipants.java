package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.coordinator.wire.WireHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Participants that answer every command at once with success. */
final class ObligingParticipants implements AutoCloseable {
    private final String bootstrapServers;
    private final List<Thread> threads;
    private volatile boolean stopped;

    ObligingParticipants(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        // Each on its own: a consumer stalls while one of its topics is being deleted.
        threads =
                Stream.of("order.commands", "payment.commands")
                        .map(topic -> Thread.ofPlatform().name(topic).start(() -> work(topic)))
                        .toList();
    }

    private void work(String topic) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "obliging-" + topic,
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        "500");
        try (var commands =
                        new KafkaConsumer<>(
                                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var replies =
                        new KafkaProducer<>(
                                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            commands.subscribe(List.of(topic));
            while (!stopped) {
                for (var command : commands.poll(Duration.ofMillis(50))) {
                    var unused = replies.send(reply(command), (at, failure) -> {});
                }
                replies.flush();
                // Synchronously it would wait for topics that have been deleted.
                commands.commitAsync();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> reply(ConsumerRecord<byte[], byte[]> command) {
        Headers headers = new RecordHeaders();
        for (Header header : command.headers()) {
            if (header.key().startsWith("ce_saga")) {
                headers.add(header);
            }
        }
        headers.add(WireHeaders.KIND, "reply".getBytes(UTF_8));
        headers.add(WireHeaders.OUTCOME, "succeeded".getBytes(UTF_8));
        String partition = text(command, WireHeaders.REPLY_PARTITION);
        return new ProducerRecord<>(
                text(command, WireHeaders.REPLY_TOPIC),
                Integer.parseInt(partition),
                command.key(),
                null,
                headers);
    }

    private static String text(ConsumerRecord<byte[], byte[]> command, String name) {
        return new String(command.headers().lastHeader(name).value(), UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10).toMillis());
        }
    }
}
