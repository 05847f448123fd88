package io.clew.it.faults.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whether the last row of each saga on the changelog has the highest revision of all its rows, and
 * that of {@code saga.events}. It reads the head of a row by itself: numbers are varints, texts and
 * bytes stand behind their length.
 */
public final class ChangelogCheck {
    private static final byte INSTANCE = 'S';
    private static final int NEWEST_FORMAT = 5;

    private final Map<String, Long> last = new HashMap<>();
    private final Consumer<Finding> findings;

    ChangelogCheck(Consumer<Finding> findings) {
        this.findings = findings;
    }

    static ChangelogCheck read(String bootstrap, String changelog, Consumer<Finding> findings) {
        ChangelogCheck check = new ChangelogCheck(findings);
        try (Replay rows = Replay.committed(bootstrap, changelog)) {
            rows.catchUp(check::row);
        }
        return check;
    }

    /** Takes the next row of the changelog. */
    void row(ConsumerRecord<byte[], byte[]> record) {
        if (record.key()[0] != INSTANCE || record.value() == null) {
            return;
        }
        String saga = new String(record.key(), 1, record.key().length - 1, UTF_8);
        long revision = revision(ByteBuffer.wrap(record.value()));
        Long before = last.put(saga, revision);
        if (before != null && before > revision) {
            findings.accept(
                    new Finding(
                            Finding.Kind.WRONG,
                            saga,
                            "revision %d stands behind %d on the changelog"
                                    .formatted(revision, before)));
        }
    }

    private static long revision(ByteBuffer row) {
        long format = number(row);
        if (format > NEWEST_FORMAT) {
            throw new IllegalStateException(
                    "Expected rows up to format %d but got %d; does a row still begin so?"
                            .formatted(NEWEST_FORMAT, format));
        }
        number(row); // run
        skip(row); // definition: name, version, content hash
        number(row);
        skip(row);
        number(row); // logic version
        skip(row); // trigger
        for (long left = 2 * number(row); left > 0; left--) {
            skip(row); // index: keys and values
        }
        number(row); // deadline
        for (int optional = 0; optional < 2; optional++) {
            if (row.get() != 0) {
                skip(row); // token key, trace context
            }
        }
        if (row.get() != 0) {
            parent(row);
        }
        return number(row);
    }

    private static void parent(ByteBuffer row) {
        skip(row); // the step that started it
        if (row.get() != 0) {
            skip(row); // its token key
        }
        number(row); // compensation that takes it back
        row.get(); // whether it has ended
    }

    private static void skip(ByteBuffer row) {
        int length = (int) number(row);
        row.position(row.position() + length);
    }

    private static long number(ByteBuffer row) {
        long value = 0;
        int shift = 0;
        byte next = row.get();
        while (next < 0) {
            value |= (next & 0x7FL) << shift;
            shift += 7;
            next = row.get();
        }
        return value | (long) next << shift;
    }

    void check(SagaStory story) {
        long stored = last.getOrDefault(story.sagaId(), 0L);
        if (stored != story.revision()) {
            findings.accept(
                    new Finding(
                            Finding.Kind.WRONG,
                            story.sagaId(),
                            "the changelog ends with revision %d but saga.events with %d"
                                    .formatted(stored, story.revision())));
        }
    }
}
