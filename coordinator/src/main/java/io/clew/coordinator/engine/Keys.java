package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.coordinator.wire.Inbox;
import io.clew.saga.SagaId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the one store. The first byte says what a row is:
 *
 * <pre>
 *   S saga             instance
 *   F saga             marker of an ended saga
 *   E saga             what has come before the saga's start
 *   Q saga 0           place of the oldest input kept with the saga
 *   Q saga 0 place     that input; an {@link InboxPlace}
 *   T due saga         timer; due in epoch milliseconds, 8 bytes
 *   I ...              index, see {@link IndexKeys}
 *   O place            a record in a partition it does not belong to, until it is in its own
 *   M name             about the partition itself; {@code Mtopic} lists the ids of the inbox topics
 *                      it has had, the oldest first
 * </pre>
 *
 * <p>Timers and index rows are {@link Hints} and not on the changelog.
 */
final class Keys {
    static final byte INSTANCE = 'S';
    static final byte MARKER = 'F';
    static final byte EARLY = 'E';
    static final byte QUEUE = 'Q';
    static final byte TIMER = 'T';
    static final byte INDEX = 'I';
    static final byte MISROUTED = 'O';

    static final Bytes PAUSES = Bytes.wrap("Mpauses".getBytes(UTF_8));
    static final Bytes TOPICS = Bytes.wrap("Mtopic".getBytes(UTF_8));
    static final Bytes WATERMARK = Bytes.wrap("Mwatermark".getBytes(UTF_8));

    private static final int MAX_SAGA_ID_BYTES = 1000;

    private Keys() {}

    /** The saga a record key names; empty if it cannot be one. */
    static Optional<SagaId> sagaId(byte @Nullable [] key) {
        if (key == null || key.length > MAX_SAGA_ID_BYTES) {
            return Optional.empty();
        }
        for (byte next : key) {
            if (next >= 0 && next <= ' ' || next == 0x7F) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(
                    new SagaId(UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString()));
        } catch (CharacterCodingException | IllegalArgumentException bad) {
            return Optional.empty();
        }
    }

    static Bytes instance(SagaId saga) {
        return ofSaga(INSTANCE, saga);
    }

    static Bytes marker(SagaId saga) {
        return ofSaga(MARKER, saga);
    }

    static Bytes early(SagaId saga) {
        return ofSaga(EARLY, saga);
    }

    /** The saga of an instance's or a marker's row, or of what has come before it. */
    static SagaId saga(Bytes key) {
        byte[] bytes = key.get();
        return new SagaId(new String(bytes, 1, bytes.length - 1, UTF_8));
    }

    static Bytes queueHead(SagaId saga) {
        byte[] id = Inbox.key(saga);
        return Bytes.wrap(ByteBuffer.allocate(id.length + 2).put(QUEUE).put(id).array());
    }

    static Bytes queued(SagaId saga, InboxPlace place) {
        byte[] id = Inbox.key(saga);
        ByteBuffer key = ByteBuffer.allocate(id.length + 2 + InboxPlace.BYTES);
        key.put(QUEUE).put(id).put((byte) 0);
        place.write(key);
        return Bytes.wrap(key.array());
    }

    /** The place in the key of a kept input. */
    static InboxPlace queuedPlace(Bytes key) {
        byte[] bytes = key.get();
        return InboxPlace.read(bytes, bytes.length - InboxPlace.BYTES);
    }

    /** Behind every input kept with this saga. */
    static Bytes queueEnd(SagaId saga) {
        return queued(saga, InboxPlace.LAST);
    }

    /** The saga of a queue row, of its head or of an input. */
    static SagaId queueSaga(Bytes key) {
        byte[] bytes = key.get();
        int end = 1;
        while (bytes[end] != 0) {
            end++;
        }
        return new SagaId(new String(bytes, 1, end - 1, UTF_8));
    }

    static Bytes timer(Instant dueAt, SagaId saga) {
        byte[] id = Inbox.key(saga);
        return Bytes.wrap(
                ByteBuffer.allocate(id.length + 9)
                        .put(TIMER)
                        .putLong(dueAt.toEpochMilli())
                        .put(id)
                        .array());
    }

    /** Before every timer that is due at this instant or later. */
    static Bytes timersFrom(long millis) {
        return Bytes.wrap(ByteBuffer.allocate(9).put(TIMER).putLong(Math.max(0, millis)).array());
    }

    static Instant timerDue(Bytes key) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(key.get(), 1, 8).getLong());
    }

    static SagaId timerSaga(Bytes key) {
        byte[] bytes = key.get();
        return new SagaId(new String(bytes, 9, bytes.length - 9, UTF_8));
    }

    static Bytes misrouted(InboxPlace place) {
        ByteBuffer key = ByteBuffer.allocate(1 + InboxPlace.BYTES).put(MISROUTED);
        place.write(key);
        return Bytes.wrap(key.array());
    }

    /** Before every row of this kind. */
    static Bytes first(byte kind) {
        return Bytes.wrap(new byte[] {kind});
    }

    /** Behind every row of this kind; no row has this key. */
    static Bytes last(byte kind) {
        return Bytes.wrap(new byte[] {(byte) (kind + 1)});
    }

    /** The smallest key that is greater. */
    static Bytes after(Bytes key) {
        byte[] bytes = key.get();
        return Bytes.wrap(Arrays.copyOf(bytes, bytes.length + 1));
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    private static Bytes ofSaga(byte kind, SagaId saga) {
        byte[] id = Inbox.key(saga);
        return Bytes.wrap(ByteBuffer.allocate(id.length + 1).put(kind).put(id).array());
    }
}
