package io.clew.coordinator.wire;

import io.clew.saga.Outcome;
import io.clew.saga.Parent;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes on the inbox what stands on the topic of commands to children.
 *
 * @param inbox where it goes
 */
public record RelayWriter(Inbox inbox) {
    private static final List<String> ECHOED =
            List.of(
                    WireHeaders.SAGA_ID,
                    WireHeaders.RUN,
                    WireHeaders.STEP,
                    WireHeaders.DIRECTION,
                    WireHeaders.EXECUTION,
                    WireHeaders.ATTEMPT,
                    WireHeaders.TOKEN);

    /** A child's answer, as it stands; its value is the child's result, if it gives one. */
    public ProducerRecord<byte[], byte[]> forwarded(
            byte[] key, byte @Nullable [] value, Headers headers) {
        return new ProducerRecord<>(inbox.topic(), inbox.partitionOf(key), key, value, headers);
    }

    private ProducerRecord<byte[], byte[]> bare(byte[] key, Headers headers) {
        return forwarded(key, null, headers);
    }

    /**
     * An answer to a command that reaches no child.
     *
     * @param command its headers, which are echoed
     */
    public ProducerRecord<byte[], byte[]> answer(byte[] key, Headers command, Outcome outcome) {
        Headers headers = new RecordHeaders();
        for (String name : ECHOED) {
            Header header = command.lastHeader(name);
            if (header != null) {
                headers.add(name, header.value());
            }
        }
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_REPLY);
        Outcomes.put(headers, outcome);
        return bare(key, headers);
    }

    /** A child is to be taken back. */
    public ProducerRecord<byte[], byte[]> takeBack(SagaId child, SagaInput.TakeBack ask) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_TAKE_BACK);
        KinWriter.parent(headers, ask.parent());
        WireHeaders.put(headers, WireHeaders.EXECUTION, ask.number());
        WireHeaders.put(headers, WireHeaders.ATTEMPT, ask.attempt());
        return bare(Inbox.key(child), headers);
    }

    /** A child's parent has ended. */
    public ProducerRecord<byte[], byte[]> parentEnded(SagaId child, Parent parent) {
        Headers headers = new RecordHeaders();
        WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_PARENT_ENDED);
        KinWriter.parent(headers, parent);
        return bare(Inbox.key(child), headers);
    }
}
