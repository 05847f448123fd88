package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Where the rows of a walk are. Index rows stand by definition and then by start; for a walk over
 * all definitions their names are found by leaping from one to the next.
 *
 * @param store the rows
 */
record Stretches(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    private static final byte[] INSTANCES = {Keys.INSTANCE};
    private static final long ALMOST_A_MILLISECOND = 999_999;
    private static final int MAX_DEFINITIONS = 10_000;

    /** In the order of the walk. */
    List<Stretch> of(Walk walk) {
        return switch (walk) {
            case Walk.All all -> List.of(Stretch.of(instances(all.definition())));
            case Walk.OfKey of -> ofKey(of);
            case Walk.ByAttribute by -> byAttribute(by);
            case Walk.ByPhase by -> byPhase(by);
            case Walk.WithIncident with ->
                    List.of(Stretch.of(IndexKeys.byIncident(with.definition())));
        };
    }

    /** Saga ids begin with the name of their definition and a colon. */
    private static byte[] instances(Optional<String> definition) {
        String prefix = (char) Keys.INSTANCE + definition.map(it -> it + ":").orElse("");
        return prefix.getBytes(UTF_8);
    }

    private List<Stretch> ofKey(Walk.OfKey of) {
        List<Stretch> stretches = new ArrayList<>();
        for (String definition : definitions(of.definition(), INSTANCES, (byte) ':')) {
            try {
                stretches.add(Stretch.of(Keys.instance(SagaId.of(definition, of.key()))));
            } catch (IllegalArgumentException impossible) {
                return List.of();
            }
        }
        return stretches;
    }

    private List<Stretch> byAttribute(Walk.ByAttribute by) {
        return within(
                0,
                by.started(),
                definitions(by.definition(), IndexKeys.attributes(), (byte) 0),
                it -> IndexKeys.byAttribute(it, by.name(), by.value()));
    }

    private List<Stretch> byPhase(Walk.ByPhase by) {
        List<Stretch> stretches = new ArrayList<>();
        int rank = 0;
        for (Phase phase : Phase.values()) {
            if (by.phases().contains(phase)) {
                stretches.addAll(
                        within(
                                rank,
                                by.started(),
                                definitions(by.definition(), IndexKeys.byPhase(phase), (byte) 0),
                                it -> IndexKeys.byPhase(phase, it)));
            }
            rank++;
        }
        return stretches;
    }

    private static List<Stretch> within(
            int rank, Walk.Span span, List<String> names, Function<String, byte[]> prefix) {
        long from = span.from().toEpochMilli();
        long before = span.before().plusNanos(ALMOST_A_MILLISECOND).toEpochMilli();
        return names.stream()
                .map(prefix)
                .map(it -> new Stretch(rank, IndexKeys.from(it, from), IndexKeys.from(it, before)))
                .toList();
    }

    /** The one that is asked for, or all whose names stand behind the prefix, up to {@code end}. */
    private List<String> definitions(Optional<String> asked, byte[] prefix, byte end) {
        if (asked.isPresent()) {
            return List.of(asked.get());
        }
        List<String> found = new ArrayList<>();
        Stretch left = Stretch.of(prefix);
        while (found.size() < MAX_DEFINITIONS) {
            try (KeyValueIterator<Bytes, byte[]> rows = store.range(left.from(), left.to())) {
                if (!rows.hasNext()) {
                    return found;
                }
                String name = name(rows.peekNextKey().get(), prefix.length, end);
                found.add(name);
                left = left.beginningAt(behind(prefix, name, end));
            }
        }
        return found;
    }

    private static String name(byte[] key, int start, byte end) {
        int at = start;
        while (key[at] != end) {
            at++;
        }
        return new String(key, start, at - start, UTF_8);
    }

    private static Bytes behind(byte[] prefix, String name, byte end) {
        byte[] text = name.getBytes(UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(prefix.length + text.length + 1)
                        .put(prefix)
                        .put(text)
                        .put((byte) (end + 1))
                        .array());
    }
}
