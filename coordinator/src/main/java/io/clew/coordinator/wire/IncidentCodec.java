package io.clew.coordinator.wire;

import io.clew.saga.Incident;

/** The row of an incident that stands beside its saga. The saga's id stands in the key. */
public final class IncidentCodec {
    private static final int FORMAT = 1;

    private IncidentCodec() {}

    public static byte[] encode(Incident incident) {
        RowWriter row = new RowWriter();
        row.number(FORMAT);
        Rows.write(row, incident);
        return row.done();
    }

    public static Incident decode(byte[] bytes) {
        RowReader row = new RowReader(bytes);
        row.format(FORMAT);
        Incident incident = Rows.incident(row);
        row.end();
        return incident;
    }
}
