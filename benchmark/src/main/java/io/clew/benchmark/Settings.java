package io.clew.benchmark;

import io.clew.benchmark.load.Plan;
import io.clew.platform.JvmProfile;
import java.util.List;
import java.util.Set;

/**
 * What a run of the benchmark measures, and with what.
 *
 * @param workloads which kinds of load
 * @param withFloor whether the floor is measured first
 * @param repeats windows of each load
 * @param heatSeconds load before the first window
 * @param window of each repeat
 * @param inFlight sizes of the closed loops
 * @param rates starts per second of the open loops
 * @param many how many sagas where it takes many
 * @param durability what the brokers promise
 * @param coordinator how Clew's coordinator runs
 */
record Settings(
        Set<Workload> workloads,
        boolean withFloor,
        int repeats,
        int heatSeconds,
        Plan.Window window,
        List<Integer> inFlight,
        List<Integer> rates,
        Many many,
        Durability durability,
        Coordinator coordinator) {

    Settings {
        workloads = Set.copyOf(workloads);
        inFlight = List.copyOf(inFlight);
        rates = List.copyOf(rates);
    }

    /** A kind of load. */
    enum Workload {
        CLOSED,
        REFUSED,
        OPEN,
        PUSH,
        /** As a saga gets longer. */
        STEPS,
        /** Twice what the best closed loop did. */
        OVERLOAD,
        /** Status by id and lists by index attribute. */
        QUERY,
        /** Nothing to do. */
        IDLE,
        /** Many sagas are open and wait. */
        SCALE,
        /** The coordinator is killed and loses its disk. */
        RESTORE,
        /** Timers fall due that nobody prevents. */
        TIMERS,
        /** The coordinator is killed and another one has a copy. */
        STANDBY,
        /** The reference application: three services with PostgreSQL. */
        REFERENCE;

        /** Whether it takes many sagas. */
        boolean many() {
            return switch (this) {
                case SCALE, RESTORE, TIMERS, STANDBY -> true;
                case CLOSED, REFUSED, OPEN, PUSH, STEPS, OVERLOAD, QUERY, IDLE, REFERENCE -> false;
            };
        }
    }

    /**
     * How many sagas.
     *
     * @param openSagas that wait while others are measured
     * @param timers that fall due
     */
    record Many(long openSagas, long timers) {}

    /**
     * What an acknowledged record outlives.
     *
     * @param brokers one, or three that each have every record
     * @param fsync whether a broker writes each batch to its disk before it acknowledges
     */
    record Durability(int brokers, boolean fsync) {

        Durability {
            if (brokers != 1 && brokers != 3) {
                throw new IllegalArgumentException("Expected 1 or 3 brokers but got " + brokers);
            }
        }

        @Override
        public String toString() {
            return (brokers == 1
                            ? "one broker, "
                            : "three brokers, replication factor 3, two in sync, ")
                    + (fsync ? "fsync of each batch" : "page cache, no fsync");
        }
    }

    /**
     * How the coordinator runs.
     *
     * @param inboxPartitions of {@code saga.inbox}
     * @param threads stream threads
     * @param profile {@code latency} or {@code throughput}
     * @param jvm what its JVM is made for
     * @param heap its largest heap
     * @param flags further JVM flags
     * @param trained whether it starts with what its JVM learnt in an earlier life under load
     */
    record Coordinator(
            int inboxPartitions,
            int threads,
            String profile,
            JvmProfile jvm,
            String heap,
            List<String> flags,
            boolean trained) {

        Coordinator {
            flags = List.copyOf(flags);
        }
    }

    /** Whether the floor can do it, too. */
    boolean hasFloor(Workload workload) {
        return switch (workload) {
            case CLOSED, REFUSED, OPEN -> true;
            case PUSH, STEPS, OVERLOAD, QUERY, IDLE, SCALE, RESTORE, TIMERS, STANDBY, REFERENCE ->
                    false;
        };
    }

    WaitingSagas waiting() {
        return WaitingSagas.open(many.openSagas());
    }

    WaitingSagas silent() {
        return WaitingSagas.due(many.timers());
    }

    int mostInFlight() {
        return inFlight.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
