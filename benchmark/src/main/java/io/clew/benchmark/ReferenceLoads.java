package io.clew.benchmark;

import io.clew.benchmark.load.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the reference application is measured under: orders by Kafka and by REST. */
final class ReferenceLoads {

    private static final int HEATING = 100;

    private ReferenceLoads() {}

    static List<Plan.Load> all(Settings settings) {
        Plan.Window window = settings.window();
        var loads = new ArrayList<Plan.Load>();
        for (Plan.Start start : Plan.Start.values()) {
            settings.inFlight().forEach(size -> loads.add(closed(size, start, window)));
            for (int rate : settings.rates()) {
                for (Plan.Observer observer : Plan.Observer.values()) {
                    loads.add(load(Plan.Shape.OPEN, rate, start, observer, window));
                }
            }
        }
        loads.add(load(Plan.Shape.NONE, 0, Plan.Start.KAFKA, Plan.Observer.PUSH, window));
        return loads;
    }

    /** What warms it up. */
    static Case heating(Plan.Window window) {
        return new Case(Settings.Workload.REFERENCE, closed(HEATING, Plan.Start.REST, window));
    }

    private static Plan.Load closed(int inFlight, Plan.Start start, Plan.Window window) {
        return load(Plan.Shape.CLOSED, inFlight, start, Plan.Observer.READER, window);
    }

    /** So many in flight if the loop is closed, a second if it is open. */
    private static Plan.Load load(
            Plan.Shape shape,
            int size,
            Plan.Start start,
            Plan.Observer observer,
            Plan.Window window) {
        return new Plan.Load(
                shape,
                shape == Plan.Shape.CLOSED ? size : 0,
                shape == Plan.Shape.OPEN ? size : 0,
                0,
                start,
                observer,
                ReferenceSystem.SAGA,
                window);
    }

    static String label(Plan.Load load) {
        String how =
                "by %s, seen by %s"
                        .formatted(
                                load.start() == Plan.Start.REST ? "REST" : "Kafka",
                                load.observer().name().toLowerCase(Locale.ROOT));
        return switch (load.shape()) {
            case CLOSED -> "reference, %d in flight, %s".formatted(load.inFlight(), how);
            case OPEN -> "reference, %d/s, %s".formatted(load.perSecond(), how);
            case NONE, STATUS, LIST -> "reference, idle";
        };
    }
}
