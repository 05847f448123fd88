package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clew.coordinator.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Shows the newest dead letters: why and where from, without what is in them. */
public final class DeadLetterReader {

    private final TopicTail topics;
    private final String topic;

    public DeadLetterReader(TopicTail topics, String topic) {
        this.topics = topics;
        this.topic = topic;
    }

    /** One record that nothing could take. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record DeadLetterView(
            String cause,
            String reason,
            Optional<String> key,
            int size,
            Instant time,
            Place origin,
            Place position) {}

    /** A place in the log. */
    public record Place(String topic, int partition, long offset) {}

    /**
     * The newest, newest first.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public List<DeadLetterView> newest(int limit) {
        return topics.newest(topic, limit).stream().map(DeadLetterReader::view).toList();
    }

    private static DeadLetterView view(ConsumerRecord<byte[], byte[]> letter) {
        return new DeadLetterView(
                header(letter, WireHeaders.DLT_CAUSE).orElse("UNKNOWN"),
                header(letter, WireHeaders.DLT_REASON).orElse(""),
                Optional.ofNullable(letter.key()).map(it -> new String(it, StandardCharsets.UTF_8)),
                letter.value() == null ? 0 : letter.value().length,
                Instant.ofEpochMilli(letter.timestamp()),
                new Place(
                        header(letter, WireHeaders.DLT_TOPIC).orElse(""),
                        header(letter, WireHeaders.DLT_PARTITION).map(Integer::valueOf).orElse(-1),
                        header(letter, WireHeaders.DLT_OFFSET).map(Long::valueOf).orElse(-1L)),
                new Place(letter.topic(), letter.partition(), letter.offset()));
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
