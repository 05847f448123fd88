package io.clew.saga.testkit;

import io.clew.saga.SagaId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/** What happened last, line by line; kept only when a seed that failed is told again. */
final class Trace {
    /** A world that comes to no rest says the same again and again. */
    private static final int MOST_LINES = 5_000;

    private record Line(Optional<SagaId> saga, String text) {}

    private final boolean kept;
    private final Deque<Line> lines = new ArrayDeque<>();

    Trace(boolean kept) {
        this.kept = kept;
    }

    void add(SagaId saga, Supplier<String> line) {
        if (kept) {
            add(new Line(Optional.of(saga), line.get()));
        }
    }

    void add(String line, long now) {
        if (kept) {
            add(new Line(Optional.empty(), now + " " + line));
        }
    }

    private void add(Line line) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** The last lines about this saga, or all. */
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
