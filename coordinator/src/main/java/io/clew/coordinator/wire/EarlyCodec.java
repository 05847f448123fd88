package io.clew.coordinator.wire;

import io.clew.saga.Early;
import io.clew.saga.SagaId;

/** The row of what has come before its saga. The saga's id stands in the key. */
public final class EarlyCodec {
    private static final int FORMAT = 1;

    private EarlyCodec() {}

    public static byte[] encode(Early early) {
        RowWriter row = new RowWriter();
        row.number(FORMAT);
        row.list(early.arrivals(), it -> Rows.write(row, it));
        row.instant(early.until());
        return row.done();
    }

    public static Early decode(SagaId id, byte[] bytes) {
        RowReader row = new RowReader(bytes);
        row.format(FORMAT);
        Early early = new Early(id, row.list(() -> Rows.arrival(row)), row.instant());
        row.end();
        return early;
    }
}
