package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.Delivery;
import io.clew.saga.Outstanding;
import io.clew.saga.PauseSubject;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.Waiting;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/**
 * Index rows of an instance. All but that of a noted incident follow from the instance alone, have
 * no content, and are touched only when they change.
 *
 * <pre>
 *   I p phase 0 definition 0 started saga            one per instance
 *   I a definition 0 name 0 value 0 started saga     one per index attribute
 *   I i definition 0 started saga                    while it has an incident
 *   I i definition 0 0 saga                          while it has one its instance cannot carry:
 *                                                    then the incident is the row's content
 *   I w subject 0 started saga                       while a pause of the subject holds it
 * </pre>
 */
final class IndexKeys {
    private static final byte BY_PHASE = 'p';
    private static final byte BY_ATTRIBUTE = 'a';
    private static final byte BY_INCIDENT = 'i';
    private static final byte BY_PAUSE = 'w';

    private IndexKeys() {}

    /** All different. */
    static List<Bytes> of(SagaInstance saga) {
        String definition = saga.definition().name();
        List<Bytes> keys = new ArrayList<>(2 + saga.index().size());
        keys.add(row(saga, BY_PHASE, saga.phase().name(), definition));
        saga.index()
                .forEach(
                        (name, value) ->
                                keys.add(row(saga, BY_ATTRIBUTE, definition, name, value)));
        if (saga.incident().isPresent()) {
            keys.add(row(saga, BY_INCIDENT, definition));
        }
        heldBy(saga).forEach(it -> keys.add(row(saga, BY_PAUSE, it.key())));
        return keys;
    }

    /** Whether two states of one run have the same rows, without making them. */
    static boolean same(SagaInstance one, SagaInstance other) {
        return one.phase() == other.phase()
                && one.incident().isPresent() == other.incident().isPresent()
                && heldBy(one).equals(heldBy(other))
                && one.run() == other.run()
                && one.definition().name().equals(other.definition().name())
                && one.index().equals(other.index());
    }

    private static Set<PauseSubject> heldBy(SagaInstance saga) {
        Set<PauseSubject> subjects = Set.of();
        for (Outstanding command : saga.outstanding()) {
            if (command.delivery() instanceof Delivery.Paused paused) {
                subjects = with(subjects, paused.by());
            }
        }
        for (Waiting wait : saga.waits()) {
            if (wait.pausedBy().isPresent()) {
                subjects = with(subjects, wait.pausedBy().get());
            }
        }
        return subjects;
    }

    /** Most sagas are held by nothing, the others mostly by one. */
    private static Set<PauseSubject> with(Set<PauseSubject> subjects, PauseSubject one) {
        Set<PauseSubject> next = new LinkedHashSet<>(subjects);
        next.add(one);
        return next;
    }

    /** The row of an incident that stands beside its saga; it needs no instance to be found. */
    static Bytes noted(SagaId saga) {
        return row(saga, 0, BY_INCIDENT, saga.definition());
    }

    /** Whether this is the row of an incident that stands beside its saga. */
    static boolean isNoted(Bytes key) {
        byte[] bytes = key.get();
        return bytes[0] == Keys.INDEX && bytes[1] == BY_INCIDENT && key.equals(noted(saga(key)));
    }

    /** Whether this is the row of an incident that its instance carries. */
    static boolean isOwnIncident(Bytes key, SagaId saga) {
        byte[] bytes = key.get();
        return bytes[0] == Keys.INDEX && bytes[1] == BY_INCIDENT && !key.equals(noted(saga));
    }

    static byte[] byPhase(Phase phase, String definition) {
        return prefix(BY_PHASE, phase.name(), definition);
    }

    /** Of all definitions. */
    static byte[] byPhase(Phase phase) {
        return prefix(BY_PHASE, phase.name());
    }

    /** All of all definitions. */
    static byte[] attributes() {
        return prefix(BY_ATTRIBUTE);
    }

    static byte[] byAttribute(String definition, String name, String value) {
        return prefix(BY_ATTRIBUTE, definition, name, value);
    }

    static byte[] byIncident(String definition) {
        return prefix(BY_INCIDENT, definition);
    }

    /** Of one definition, or of all. */
    static byte[] byIncident(Optional<String> definition) {
        return definition.map(IndexKeys::byIncident).orElseGet(() -> prefix(BY_INCIDENT));
    }

    static byte[] byPause(PauseSubject subject) {
        return prefix(BY_PAUSE, subject.key());
    }

    /** Before every row of this prefix whose saga started at this instant or later. */
    static Bytes from(byte[] prefix, long startedAt) {
        return Bytes.wrap(
                ByteBuffer.allocate(prefix.length + Long.BYTES)
                        .put(prefix)
                        .putLong(Math.max(0, startedAt))
                        .array());
    }

    static long startedAt(byte[] prefix, Bytes key) {
        return ByteBuffer.wrap(key.get(), prefix.length, Long.BYTES).getLong();
    }

    static SagaId saga(byte[] prefix, Bytes key) {
        return saga(key, prefix.length + Long.BYTES);
    }

    /** The saga of an index row of any kind. */
    static SagaId saga(Bytes key) {
        return saga(key, prefixLength(key.get()) + Long.BYTES);
    }

    private static SagaId saga(Bytes key, int start) {
        return new SagaId(new String(key.get(), start, key.get().length - start, UTF_8));
    }

    private static int prefixLength(byte[] key) {
        int parts =
                switch (key[1]) {
                    case BY_PHASE -> 2;
                    case BY_ATTRIBUTE -> 3;
                    case BY_INCIDENT, BY_PAUSE -> 1;
                    default ->
                            throw new IllegalArgumentException(
                                    "Expected an index row but got " + Bytes.wrap(key));
                };
        int at = 2;
        while (parts > 0) {
            parts -= key[at] == 0 ? 1 : 0;
            at++;
        }
        return at;
    }

    private static Bytes row(SagaInstance saga, byte kind, String... parts) {
        return row(saga.id(), saga.run(), kind, parts);
    }

    private static Bytes row(SagaId saga, long startedAt, byte kind, String... parts) {
        byte[] id = saga.value().getBytes(UTF_8);
        return Bytes.wrap(
                begun(Long.BYTES + id.length, kind, parts).putLong(startedAt).put(id).array());
    }

    private static byte[] prefix(byte kind, String... parts) {
        return begun(0, kind, parts).array();
    }

    /** A key with its prefix, and room for as many bytes more. */
    private static ByteBuffer begun(int more, byte kind, String... parts) {
        byte[][] texts = new byte[parts.length][];
        int length = 2;
        for (int i = 0; i < parts.length; i++) {
            texts[i] = escaped(parts[i].getBytes(UTF_8));
            length += texts[i].length + 1;
        }
        ByteBuffer key = ByteBuffer.allocate(length + more).put(Keys.INDEX).put(kind);
        for (byte[] text : texts) {
            key.put(text).put((byte) 0);
        }
        return key;
    }

    /** Zero ends a part, so a zero inside one is written as 1 2, and a one as 1 3. */
    private static byte[] escaped(byte[] text) {
        int special = 0;
        for (byte next : text) {
            special += next == 0 || next == 1 ? 1 : 0;
        }
        if (special == 0) {
            return text;
        }
        ByteBuffer out = ByteBuffer.allocate(text.length + special);
        for (byte next : text) {
            if (next == 0 || next == 1) {
                out.put((byte) 1).put((byte) (next + 2));
            } else {
                out.put(next);
            }
        }
        return out.array();
    }
}
