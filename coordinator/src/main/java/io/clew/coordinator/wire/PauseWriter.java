package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.PauseRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes requests to pause or resume for the inbox: one record for each of its partitions. */
public final class PauseWriter {
    private PauseWriter() {}

    public static List<ProducerRecord<byte[], byte[]>> write(Inbox inbox, PauseRequest request) {
        return IntStream.range(0, inbox.partitions())
                .mapToObj(partition -> record(inbox, partition, request))
                .toList();
    }

    /** For one partition alone. */
    public static ProducerRecord<byte[], byte[]> record(
            Inbox inbox, int partition, PauseRequest request) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_PAUSE);
        return new ProducerRecord<>(
                inbox.topic(),
                partition,
                request.subject().key().getBytes(UTF_8),
                PauseJson.write(request),
                headers);
    }
}
