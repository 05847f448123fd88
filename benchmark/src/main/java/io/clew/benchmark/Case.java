package io.clew.benchmark;

import io.clew.benchmark.load.OrderSchemas;
import io.clew.benchmark.load.Plan;
import java.util.ArrayList;
import java.util.List;

/** One load that is put on one or both systems. */
record Case(Settings.Workload workload, Plan.Load load) {

    private static final int REFUSED_PERCENT = 10;
    private static final int STEPS_IN_FLIGHT = 200;
    private static final int BESIDE_IN_FLIGHT = 500;
    private static final int CALLERS = 16;

    /** Calls a second that a small machine can just take. */
    private static final int HEATING_RATE = 200;

    /** What the floor is measured under. */
    static List<Case> ofFloor(Settings settings) {
        return all(settings).stream().filter(one -> settings.hasFloor(one.workload())).toList();
    }

    /** What the reference application is measured under. */
    static List<Case> ofReference(Settings settings) {
        return ReferenceLoads.all(settings).stream()
                .map(load -> new Case(Settings.Workload.REFERENCE, load))
                .toList();
    }

    /** Everything else that was asked for. */
    static List<Case> all(Settings settings) {
        var cases = new ArrayList<Case>();
        for (Settings.Workload workload : Settings.Workload.values()) {
            if (settings.workloads().contains(workload)) {
                of(workload, settings).forEach(load -> cases.add(new Case(workload, load)));
            }
        }
        return cases;
    }

    /** What warms the floor up. */
    static Case heating(Settings settings, Plan.Window window) {
        return heating(settings, 0, window);
    }

    private static Case heating(Settings settings, int refused, Plan.Window window) {
        return new Case(
                Settings.Workload.CLOSED,
                closed(settings.mostInFlight(), refused, OrderSchemas.ORDER_SAGA, window));
    }

    /** The same for Clew: refusals, and who waits for an end, go ways that must be warm, too. */
    static List<Case> heatingOfClew(Settings settings, Plan.Window window) {
        boolean refuses = settings.workloads().contains(Settings.Workload.REFUSED);
        Case loop = heating(settings, refuses ? REFUSED_PERCENT : 0, window);
        return settings.workloads().contains(Settings.Workload.PUSH)
                ? List.of(
                        loop,
                        new Case(
                                Settings.Workload.PUSH,
                                open(HEATING_RATE, Plan.Observer.PUSH, window)))
                : List.of(loop);
    }

    /** What runs while many others are open. */
    static Case beside(Settings settings) {
        return new Case(
                Settings.Workload.CLOSED,
                closed(BESIDE_IN_FLIGHT, 0, OrderSchemas.ORDER_SAGA, settings.window()));
    }

    static List<Case> queries(Settings settings) {
        return of(Settings.Workload.QUERY, settings).stream()
                .map(load -> new Case(Settings.Workload.QUERY, load))
                .toList();
    }

    private static List<Plan.Load> of(Settings.Workload workload, Settings settings) {
        Plan.Window window = settings.window();
        String saga = OrderSchemas.ORDER_SAGA;
        return switch (workload) {
            case CLOSED ->
                    settings.inFlight().stream()
                            .map(size -> closed(size, 0, saga, window))
                            .toList();
            case REFUSED -> List.of(closed(settings.mostInFlight(), REFUSED_PERCENT, saga, window));
            case OPEN -> open(settings, Plan.Observer.READER);
            case PUSH -> open(settings, Plan.Observer.PUSH);
            case STEPS ->
                    StepsDefinition.LENGTHS.stream()
                            .map(n -> closed(STEPS_IN_FLIGHT, 0, StepsDefinition.name(n), window))
                            .toList();
            case OVERLOAD -> List.of(open(0, Plan.Observer.READER, window));
            case QUERY -> List.of(calls(Plan.Shape.STATUS, window), calls(Plan.Shape.LIST, window));
            case IDLE ->
                    List.of(
                            new Plan.Load(
                                    Plan.Shape.NONE,
                                    0,
                                    0,
                                    0,
                                    Plan.Start.KAFKA,
                                    Plan.Observer.PUSH,
                                    saga,
                                    window));
            case SCALE, RESTORE, TIMERS, STANDBY, REFERENCE -> List.of();
        };
    }

    private static List<Plan.Load> open(Settings settings, Plan.Observer observer) {
        return settings.rates().stream()
                .map(rate -> open(rate, observer, settings.window()))
                .toList();
    }

    private static Plan.Load open(int rate, Plan.Observer observer, Plan.Window window) {
        return new Plan.Load(
                Plan.Shape.OPEN,
                0,
                rate,
                0,
                Plan.Start.KAFKA,
                observer,
                OrderSchemas.ORDER_SAGA,
                window);
    }

    private static Plan.Load closed(
            int inFlight, int refused, String definition, Plan.Window window) {
        return new Plan.Load(
                Plan.Shape.CLOSED,
                inFlight,
                0,
                refused,
                Plan.Start.KAFKA,
                Plan.Observer.READER,
                definition,
                window);
    }

    private static Plan.Load calls(Plan.Shape shape, Plan.Window window) {
        return new Plan.Load(
                shape,
                CALLERS,
                0,
                0,
                Plan.Start.KAFKA,
                Plan.Observer.READER,
                OrderSchemas.ORDER_SAGA,
                window);
    }

    /** The same at this rate. */
    Case at(int perSecond) {
        return new Case(workload, open(perSecond, load.observer(), load.window()));
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
            case STEPS ->
                    "closed loop, %d in flight, %s".formatted(load.inFlight(), load.definition());
            case OVERLOAD -> "overload, %,d/s offered".formatted(load.perSecond());
            case QUERY ->
                    "%d callers, %s"
                            .formatted(
                                    load.inFlight(),
                                    load.shape() == Plan.Shape.LIST
                                            ? "list by index attribute"
                                            : "status by id");
            case IDLE -> "idle";
            case SCALE, RESTORE, TIMERS, STANDBY -> "many sagas";
            case REFERENCE -> ReferenceLoads.label(load);
        };
    }
}
