package io.clew.coordinator.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The way of a list through one partition: it sees places ahead, and reads a saga when taken. */
final class PartitionWalk {

    private static final int AHEAD_AT_FIRST = 20;
    private static final int AHEAD = 500;

    private final EngineView engine;
    private final SagaFilter filter;
    private final int partition;
    private final Deque<EngineView.Walked> ahead = new ArrayDeque<>();
    private final List<PartitionPage.Line> lines = new ArrayList<>();
    private int atOnce;
    private String last;
    private boolean seenToEnd;
    private boolean standby;
    private boolean gone;

    PartitionWalk(EngineView engine, ListAsk ask, int partition, String after) {
        this.engine = engine;
        this.filter = ask.filter();
        this.partition = partition;
        this.last = after;
        this.atOnce = Math.clamp(ask.limit(), AHEAD_AT_FIRST, AHEAD);
    }

    /** Whether there is more, as far as the partition is held here. */
    boolean hasNext() {
        if (ahead.isEmpty() && !seenToEnd && !gone) {
            look();
        }
        return !ahead.isEmpty();
    }

    private void look() {
        try {
            List<EngineView.Walked> seen = engine.walk(partition, filter.walk(), last, atOnce);
            seenToEnd = seen.size() < atOnce;
            ahead.addAll(seen);
            atOnce = AHEAD;
        } catch (EngineView.NotHereException moved) {
            leave();
        }
    }

    /** Where the next one stands. */
    String next() {
        return ahead.getFirst().at();
    }

    /** Reads the next one and keeps it if it is to be shown. */
    void take() {
        EngineView.Walked walked = ahead.removeFirst();
        switch (engine.read(walked.saga())) {
            case EngineView.Rows.Unavailable ignored -> leave();
            case EngineView.Rows.Here rows -> {
                last = walked.at();
                standby |= !rows.source().active();
                if (filter.shows(walked.saga(), rows)) {
                    lines.add(new PartitionPage.Line(last, SagaSummary.of(walked.saga(), rows)));
                }
            }
        }
    }

    /** What was found counts no more: the caller sees that the partition is missing. */
    private void leave() {
        gone = true;
        ahead.clear();
        lines.clear();
    }

    int found() {
        return lines.size();
    }

    boolean gone() {
        return gone;
    }

    PartitionPage page() {
        boolean whole = seenToEnd && ahead.isEmpty();
        return new PartitionPage(
                partition, lines, whole ? Optional.empty() : Optional.of(last), standby);
    }
}
