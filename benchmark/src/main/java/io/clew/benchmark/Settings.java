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
 * @param window of each repeat
 * @param inFlight sizes of the closed loops
 * @param rates starts per second of the open loops
 * @param coordinator how Clew's coordinator runs
 */
record Settings(
        Set<Workload> workloads,
        boolean withFloor,
        int repeats,
        Plan.Window window,
        List<Integer> inFlight,
        List<Integer> rates,
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
        IDLE
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
     */
    record Coordinator(
            int inboxPartitions,
            int threads,
            String profile,
            JvmProfile jvm,
            String heap,
            List<String> flags) {

        Coordinator {
            flags = List.copyOf(flags);
        }
    }

    /** Whether the floor can do it, too. */
    boolean hasFloor(Workload workload) {
        return switch (workload) {
            case CLOSED, REFUSED, OPEN -> true;
            case PUSH, STEPS, OVERLOAD, QUERY, IDLE -> false;
        };
    }

    int mostInFlight() {
        return inFlight.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
