package io.clew.coordinator.wire;

import io.clew.saga.PauseSubject;
import io.clew.saga.Pauses;
import io.clew.saga.Pausing;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The row of all that is paused as a whole in a partition, and was. */
public final class PausesCodec {
    private static final int FORMAT = 1;

    private PausesCodec() {}

    public static byte[] encode(Pauses pauses) {
        RowWriter row = new RowWriter();
        row.number(FORMAT);
        row.number(pauses.subjects().size());
        pauses.subjects()
                .forEach(
                        (subject, pausing) -> {
                            row.text(subject.key());
                            write(row, pausing);
                        });
        return row.done();
    }

    public static Pauses decode(byte[] bytes) {
        RowReader row = new RowReader(bytes);
        row.format(FORMAT);
        TreeMap<PauseSubject, Pausing> subjects = new TreeMap<>();
        for (int left = row.count(); left > 0; left--) {
            subjects.put(PauseSubject.ofKey(row.text()), pausing(row));
        }
        row.end();
        return new Pauses(subjects);
    }

    private static void write(RowWriter row, Pausing pausing) {
        row.number(pausing.spells().size());
        for (Pausing.Spell spell : pausing.spells()) {
            row.instant(spell.from());
            Rows.write(row, spell.asked());
            row.optional(
                    spell.end(),
                    end -> {
                        row.instant(end.at());
                        Rows.write(row, end.asked());
                    });
        }
        row.text(pausing.actor());
        row.text(pausing.note());
        row.number(pausing.operations().size());
        pausing.operations().forEach(row::text);
    }

    private static Pausing pausing(RowReader row) {
        return new Pausing(
                many(row, () -> spell(row)), row.text(), row.text(), many(row, row::text));
    }

    private static Pausing.Spell spell(RowReader row) {
        return new Pausing.Spell(
                row.instant(),
                Rows.position(row),
                row.optional(() -> new Pausing.End(row.instant(), Rows.position(row))));
    }

    private static <T> List<T> many(RowReader row, Supplier<T> reader) {
        List<T> all = new ArrayList<>();
        for (int left = row.count(); left > 0; left--) {
            all.add(reader.get());
        }
        return all;
    }
}
