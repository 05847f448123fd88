package io.clew.coordinator.wire;

import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes due timers for the inbox. */
public final class TimerWriter {
    private TimerWriter() {}

    public static ProducerRecord<byte[], byte[]> write(
            Inbox inbox, SagaId saga, SagaInput.TimerFired timer) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_TIMER);
        WireHeaders.put(headers, WireHeaders.DUE_AT, timer.dueAt().toEpochMilli());
        return new ProducerRecord<>(
                inbox.topic(), inbox.partitionOf(saga), Inbox.key(saga), null, headers);
    }
}
