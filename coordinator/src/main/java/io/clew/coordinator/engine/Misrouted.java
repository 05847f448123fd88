package io.clew.coordinator.engine;

import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.QueuedInputCodec;
import io.clew.saga.Bytes;
import io.clew.saga.QueuedInput;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Puts records that stand in a partition that is not their key's into the right one, changing
 * nothing else. Each is kept here until the broker has it there; a double is rejected like any
 * other.
 */
final class Misrouted {
    private static final long SEND_AGAIN_MS = 5000;
    private static final int MAX_IN_FLIGHT = 500;

    private final StoreRows rows;
    private final Inbox inbox;
    private final InboxSender sender;
    private final Map<org.apache.kafka.common.utils.Bytes, Long> sentAt = new HashMap<>();
    private final Queue<org.apache.kafka.common.utils.Bytes> arrived =
            new ConcurrentLinkedQueue<>();
    private boolean any;

    Misrouted(StoreRows rows, EngineParts parts) {
        this.rows = rows;
        this.inbox = parts.inbox();
        this.sender = parts.sender();
        this.any = rows.any(Keys.MISROUTED);
    }

    void keep(SagaId saga, RawInput raw) {
        QueuedInput input = new QueuedInput(saga, raw, "is in another partition", Optional.empty());
        rows.put(Keys.misrouted(rows.place(raw.position())), QueuedInputCodec.encode(input));
        any = true;
    }

    boolean rests() {
        return !any;
    }

    void run(Budget budget, long now) {
        for (var key = arrived.poll(); key != null; key = arrived.poll()) {
            rows.put(key, null);
            sentAt.remove(key);
        }
        if (!any) {
            return;
        }
        any = false;
        try (KeyValueIterator<org.apache.kafka.common.utils.Bytes, byte[]> waiting =
                rows.range(Keys.first(Keys.MISROUTED), Keys.last(Keys.MISROUTED))) {
            while (waiting.hasNext() && !budget.spent()) {
                any = true;
                var row = waiting.next();
                Long last = sentAt.get(row.key);
                boolean first = last == null && sentAt.size() < MAX_IN_FLIGHT;
                if (first || last != null && now - last >= SEND_AGAIN_MS) {
                    sentAt.put(row.key, now);
                    RawInput raw = QueuedInputCodec.decode(row.value).raw();
                    sender.send(record(raw), (offset, appendedAt, heardAt) -> arrived.add(row.key));
                }
            }
            any |= waiting.hasNext();
        }
    }

    private ProducerRecord<byte[], byte[]> record(RawInput raw) {
        byte[] key = raw.key().getBytes(StandardCharsets.UTF_8);
        Headers headers = new RecordHeaders();
        raw.headers().forEach(it -> headers.add(it.name(), it.value().array()));
        return new ProducerRecord<>(
                inbox.topic(),
                inbox.partitionOf(key),
                key,
                raw.value().map(Bytes::array).orElse(null),
                headers);
    }
}
