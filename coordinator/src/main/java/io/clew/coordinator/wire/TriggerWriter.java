package io.clew.coordinator.wire;

import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes triggers for the inbox. */
public final class TriggerWriter {
    private TriggerWriter() {}

    public static ProducerRecord<byte[], byte[]> write(
            Inbox inbox, SagaId saga, SagaInput.Trigger trigger) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_TRIGGER);
        WireHeaders.put(headers, WireHeaders.DEFINITION, trigger.definition().name());
        WireHeaders.put(headers, WireHeaders.VERSION, trigger.definition().version());
        WireHeaders.put(headers, WireHeaders.HASH, trigger.definition().sha256());
        WireHeaders.put(headers, WireHeaders.LOGIC, trigger.logicVersion());
        trigger.tokenKey().ifPresent(it -> WireHeaders.put(headers, WireHeaders.TOKEN_KEY, it));
        if (!trigger.index().isEmpty()) {
            WireHeaders.put(headers, WireHeaders.INDEX, IndexJson.write(trigger.index()));
        }
        trigger.traceparent()
                .ifPresent(it -> WireHeaders.put(headers, WireHeaders.TRACE_PARENT, it));
        trigger.call()
                .ifPresent(
                        it -> {
                            KinWriter.parent(headers, it.parent());
                            WireHeaders.put(headers, WireHeaders.ATTEMPT, it.attempt());
                        });
        return new ProducerRecord<>(
                inbox.topic(),
                inbox.partitionOf(saga),
                Inbox.key(saga),
                trigger.event().array(),
                headers);
    }
}
