package io.clew.coordinator.wire;

import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes interventions for the inbox. */
public final class InterventionWriter {
    private InterventionWriter() {}

    public static ProducerRecord<byte[], byte[]> write(
            Inbox inbox, SagaId saga, SagaInput.Intervention intervention) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_INTERVENTION);
        return new ProducerRecord<>(
                inbox.topic(),
                inbox.partitionOf(saga),
                Inbox.key(saga),
                InterventionJson.write(intervention),
                headers);
    }
}
