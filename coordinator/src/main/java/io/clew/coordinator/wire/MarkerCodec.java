package io.clew.coordinator.wire;

import io.clew.saga.Marker;
import io.clew.saga.SagaId;

/** The row of a marker. Its id stands in the key. */
public final class MarkerCodec {
    private static final int FORMAT = 1;

    private MarkerCodec() {}

    public static byte[] encode(Marker marker) {
        RowWriter row = new RowWriter();
        row.number(FORMAT);
        row.number(marker.run());
        Rows.write(row, marker.definition());
        Codes.write(row, Codes.PHASES, marker.outcome());
        row.number(marker.revision());
        row.instant(marker.endedAt());
        row.instant(marker.expiresAt());
        return row.done();
    }

    public static Marker decode(SagaId id, byte[] bytes) {
        RowReader row = new RowReader(bytes);
        row.format(FORMAT);
        Marker marker =
                new Marker(
                        id,
                        row.number(),
                        Rows.definition(row),
                        Codes.read(row, Codes.PHASES),
                        row.number(),
                        row.instant(),
                        row.instant());
        row.end();
        return marker;
    }
}
