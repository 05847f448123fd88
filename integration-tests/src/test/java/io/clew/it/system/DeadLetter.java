package io.clew.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;

/** A record nobody could take, as it is kept. */
public record DeadLetter(RecordMetadata origin, ConsumerRecord<String, byte[]> record) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The letter about the record at this very place. */
    public static DeadLetter await(ClewSystem clew, RecordMetadata origin) {
        return Await.value(
                LIMIT,
                () ->
                        clew.topic().readCommitted(List.of("saga.dead-letters")).stream()
                                .map(it -> new DeadLetter(origin, it))
                                .filter(DeadLetter::isOfItsOrigin)
                                .findFirst()
                                .orElseThrow(() -> new AssertionError("no letter of " + origin)));
    }

    private boolean isOfItsOrigin() {
        return Topic.header(record, "clew_dlt_topic").equals(origin.topic())
                && Topic.header(record, "clew_dlt_partition").equals("" + origin.partition())
                && Topic.header(record, "clew_dlt_offset").equals("" + origin.offset());
    }

    public String cause() {
        return Topic.header(record, "clew_dlt_cause");
    }

    /** Key, value and every header are as they were; cause and reason are said. */
    public void shouldHoldAllOf(ConsumerRecord<String, byte[]> original) {
        assertThat(record.key()).isEqualTo(original.key());
        assertThat(record.value()).isEqualTo(original.value());
        assertThat(headers(record)).containsAll(headers(original));
        assertThat(cause()).isNotEmpty();
        assertThat(Topic.header(record, "clew_dlt_reason")).isNotEmpty();
    }

    /** Operators see why and where from without a Kafka client. */
    public void shouldBeListedBy(Rest coordinator) {
        Rest.Answer answer = coordinator.get("/dead-letters?limit=500");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<JsonNode> listed = new ArrayList<>();
        answer.body().path("deadLetters").forEach(listed::add);
        assertThat(listed)
                .anySatisfy(
                        it -> {
                            assertThat(it.path("cause").asText()).isEqualTo(cause());
                            assertThat(it.path("key").asText()).isEqualTo(record.key());
                            JsonNode from = it.path("origin");
                            assertThat(from.path("topic").asText()).isEqualTo(origin.topic());
                            assertThat(from.path("partition").asInt())
                                    .isEqualTo(origin.partition());
                            assertThat(from.path("offset").asLong()).isEqualTo(origin.offset());
                            assertThat(it.path("size").asInt()).isEqualTo(size());
                        });
    }

    private int size() {
        return record.value() == null ? 0 : record.value().length;
    }

    private static List<String> headers(ConsumerRecord<String, byte[]> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.key() + "=" + Arrays.toString(header.value()));
        }
        return headers;
    }
}
