package io.clew.coordinator.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the engine counts; all since it started. */
public final class EngineMetrics {
    final LongAdder inputs = new LongAdder();
    final LongAdder commands = new LongAdder();
    final LongAdder unsent = new LongAdder();
    final LongAdder transitions = new LongAdder();
    final LongAdder rejections = new LongAdder();
    final LongAdder deadLetters = new LongAdder();
    final LongAdder kept = new LongAdder();
    final LongAdder misrouted = new LongAdder();
    final LongAdder timersSent = new LongAdder();
    final LongAdder hintDifferences = new LongAdder();
    final LongAdder isolated = new LongAdder();
    final LongAdder threadsReplaced = new LongAdder();
    final LongAdder restoredRows = new LongAdder();
    final LongAdder restoringNanos = new LongAdder();
    final AtomicInteger restoring = new AtomicInteger();

    /** Records of the inbox taken. */
    public long inputs() {
        return inputs.sum();
    }

    public long commands() {
        return commands.sum();
    }

    /** Of these commands, those kept back since their topic was missing. */
    public long unsent() {
        return unsent.sum();
    }

    public long transitions() {
        return transitions.sum();
    }

    public long rejections() {
        return rejections.sum();
    }

    public long deadLetters() {
        return deadLetters.sum();
    }

    /** Inputs kept with their saga because they could not be processed yet. */
    public long kept() {
        return kept.sum();
    }

    /** Records found in a partition they do not belong to. */
    public long misrouted() {
        return misrouted.sum();
    }

    public long timersSent() {
        return timersSent.sum();
    }

    /** Timer and index rows that were not what their instance says; must be 0. */
    public long hintDifferences() {
        return hintDifferences.sum();
    }

    /** Records the engine itself failed on; must be 0. */
    public long isolated() {
        return isolated.sum();
    }

    public long threadsReplaced() {
        return threadsReplaced.sum();
    }

    /** Rows read back from the changelog to own their partitions. */
    public long restoredRows() {
        return restoredRows.sum();
    }

    /** How long at least one partition was being restored. */
    public Duration restoringTime() {
        return Duration.ofNanos(restoringNanos.sum());
    }

    /** Partitions being restored now. */
    public int restoring() {
        return restoring.get();
    }
}
