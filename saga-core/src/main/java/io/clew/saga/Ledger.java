package io.clew.saga;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The step records of an instance while events are folded into them. */
final class Ledger {
    private final SagaId saga;
    private List<StepRecord> records;

    Ledger(SagaId saga, List<StepRecord> records) {
        this.saga = saga;
        this.records = records;
    }

    List<StepRecord> records() {
        return records;
    }

    void add(StepRecord record) {
        List<StepRecord> next = new ArrayList<>(records.size() + 1);
        next.addAll(records);
        next.add(record);
        records = List.copyOf(next);
    }

    void change(String path, int execution, UnaryOperator<StepRecord> change) {
        List<StepRecord> next = new ArrayList<>(records);
        for (int i = next.size() - 1; i >= 0; i--) {
            StepRecord step = next.get(i);
            if (step.execution() == execution && step.path().equals(path)) {
                next.set(i, change.apply(step));
                records = List.copyOf(next);
                return;
            }
        }
        throw new IllegalStateException(
                "Expected " + saga + " to have decided " + path + "/" + execution + " but not so");
    }

    /** All but the first of them may come again. */
    void takenBack(int kept) {
        List<StepRecord> next = new ArrayList<>(records);
        for (int i = kept; i < next.size(); i++) {
            next.set(i, next.get(i).takenBack());
        }
        records = List.copyOf(next);
    }
}
