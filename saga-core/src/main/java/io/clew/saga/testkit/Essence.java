package io.clew.saga.testkit;

import io.clew.saga.Position;
import io.clew.saga.SagaInstance;
import java.util.ArrayList;
import java.util.List;

/** What makes a difference: without the places in the log. */
final class Essence {
    private Essence() {}

    /** Rows whose owner takes the record at this offset next. */
    static List<Object> of(MemoryStore rows, int cursor) {
        List<Object> essence = new ArrayList<>();
        rows.instances().values().forEach(it -> essence.add(of(it, cursor)));
        essence.add(rows.otherRows());
        return essence;
    }

    /** Of its position only whether it is the record before makes a difference. */
    private static SagaInstance of(SagaInstance it, int cursor) {
        Position last = new Position("inbox", 0, it.position().offset() < cursor - 1 ? 0 : 1);
        return new Altered(it).position(last).saga();
    }
}
