package io.clew.benchmark;

import io.clew.benchmark.load.Plan;
import java.util.ArrayList;
import java.util.List;

/** One load that is put on one or both systems. */
record Case(Settings.Workload workload, Plan.Load load) {

    /** What the floor is measured under; it has nobody to push. */
    static List<Case> ofFloor(Settings settings) {
        return all(settings).stream()
                .filter(one -> one.workload() != Settings.Workload.PUSH)
                .toList();
    }

    /** Everything that was asked for. */
    static List<Case> all(Settings settings) {
        var cases = new ArrayList<Case>();
        for (Settings.Workload workload : Settings.Workload.values()) {
            if (settings.workloads().contains(workload)) {
                cases.addAll(of(workload, settings));
            }
        }
        return cases;
    }

    private static List<Case> of(Settings.Workload workload, Settings settings) {
        Plan.Window window = settings.window();
        return switch (workload) {
            case CLOSED ->
                    settings.inFlight().stream()
                            .map(size -> load(size, 0, 0, Plan.Observer.READER, window))
                            .map(load -> new Case(workload, load))
                            .toList();
            case REFUSED ->
                    List.of(
                            new Case(
                                    workload,
                                    load(
                                            settings.mostInFlight(),
                                            0,
                                            10,
                                            Plan.Observer.READER,
                                            window)));
            case OPEN -> open(workload, Plan.Observer.READER, settings);
            case PUSH -> open(workload, Plan.Observer.PUSH, settings);
        };
    }

    private static List<Case> open(
            Settings.Workload workload, Plan.Observer observer, Settings settings) {
        return settings.rates().stream()
                .map(rate -> load(0, rate, 0, observer, settings.window()))
                .map(load -> new Case(workload, load))
                .toList();
    }

    private static Plan.Load load(
            int inFlight, int rate, int refused, Plan.Observer observer, Plan.Window window) {
        return new Plan.Load(inFlight, rate, refused, observer, window);
    }

    /** In words. */
    String label() {
        return switch (workload) {
            case CLOSED -> "closed loop, %d in flight".formatted(load.inFlight());
            case REFUSED ->
                    "closed loop, %d in flight, %d %% refused"
                            .formatted(load.inFlight(), load.refusedPercent());
            case OPEN -> "open loop, %d/s, seen by reader".formatted(load.perSecond());
            case PUSH -> "open loop, %d/s, seen by push".formatted(load.perSecond());
        };
    }
}
