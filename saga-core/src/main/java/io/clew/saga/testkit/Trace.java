package io.clew.saga.testkit;

import io.clew.saga.SagaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What happened, line by line; kept only when a seed that failed is told again. */
final class Trace {
    private record Line(Optional<SagaId> saga, String text) {}

    private final boolean kept;
    private final List<Line> lines = new ArrayList<>();

    Trace(boolean kept) {
        this.kept = kept;
    }

    void add(SagaId saga, Supplier<String> line) {
        if (kept) {
            lines.add(new Line(Optional.of(saga), line.get()));
        }
    }

    void add(String line, long now) {
        if (kept) {
            lines.add(new Line(Optional.empty(), now + " " + line));
        }
    }

    /** The lines about this saga, or all. */
    String of(Optional<SagaId> saga) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (saga.isEmpty() || line.saga().isEmpty() || line.saga().equals(saga)) {
                text.append(line.text()).append('\n');
            }
        }
        return text.toString();
    }
}
