package io.clew.coordinator.wire;

import io.clew.saga.QueuedInput;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import java.util.ArrayList;
import java.util.List;

/** The row of an input kept with its saga: the record as it stood, and why it is kept. */
public final class QueuedInputCodec {
    private static final int FORMAT = 1;

    private QueuedInputCodec() {}

    public static byte[] encode(QueuedInput input) {
        RowWriter row = new RowWriter();
        row.number(FORMAT);
        RawInput raw = input.raw();
        row.text(raw.key());
        Rows.write(row, raw.position());
        row.instant(raw.timestamp());
        row.optional(raw.value(), row::bytes);
        row.number(raw.headers().size());
        for (RawInput.Header header : raw.headers()) {
            row.text(header.name());
            row.bytes(header.value());
        }
        row.text(input.waitsFor());
        row.optional(input.fault(), row::text);
        return row.done();
    }

    public static QueuedInput decode(byte[] bytes) {
        RowReader row = new RowReader(bytes);
        row.format(FORMAT);
        String key = row.text();
        RawInput raw =
                new RawInput(
                        key,
                        Rows.position(row),
                        row.instant(),
                        row.optional(row::bytes),
                        headers(row));
        QueuedInput input =
                new QueuedInput(new SagaId(key), raw, row.text(), row.optional(row::text));
        row.end();
        return input;
    }

    private static List<RawInput.Header> headers(RowReader row) {
        List<RawInput.Header> headers = new ArrayList<>();
        for (int left = row.count(); left > 0; left--) {
            headers.add(new RawInput.Header(row.text(), row.bytes()));
        }
        return headers;
    }
}
