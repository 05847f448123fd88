package io.clew.saga.testkit;

import io.clew.saga.InputCodec;
import io.clew.saga.PauseRequest;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inbox of a small world; it is never changed. */
final class SmallLog {
    private final SimulatedWire wire;
    private final List<RawInput> records;

    SmallLog(SimulatedWire wire, List<RawInput> records) {
        this.wire = wire;
        this.records = records;
    }

    int size() {
        return records.size();
    }

    RawInput at(int offset) {
        return records.get(offset);
    }

    /** What the record at this offset says to its saga. */
    @Nullable SagaInput input(long offset) {
        return wire.decode(records.get((int) offset))
                        instanceof InputCodec.Decoded.Readable readable
                ? readable.input()
                : null;
    }

    SmallLog with(SagaId saga, SagaInput input, long now) {
        return with(wire.encode(saga, end(), Agenda.instant(now), input));
    }

    SmallLog with(PauseRequest request, long now) {
        return with(wire.encode(end(), Agenda.instant(now), request));
    }

    private SmallLog with(RawInput record) {
        List<RawInput> longer = new ArrayList<>(records);
        longer.add(record);
        return new SmallLog(wire, longer);
    }

    private Position end() {
        return new Position("inbox", 0, records.size());
    }

    /** What the records from this offset on say, and when they came. */
    List<Object> from(int offset) {
        List<Object> said = new ArrayList<>();
        for (RawInput record : records.subList(offset, records.size())) {
            said.add(List.of(record.key(), record.value(), record.timestamp()));
        }
        return said;
    }
}
