package io.clew.benchmark;

import io.clew.benchmark.load.Outcome;
import io.clew.benchmark.load.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/** The table people read: every figure beside the floor's, with the ratio and the target. */
final class Report {

    private static final double LEAST_SHARE = 0.4;
    private static final double LEAST_UNDER_OVERLOAD = 0.9;
    private static final double MOST_P50 = 2;
    private static final double MOST_P99 = 4;
    private static final double MOST_CPU = 4;
    private static final double MOST_IDLE = 0.05;
    private static final double MOST_TO_DRAIN = 10;
    private static final int TARGET_RATE = 100;

    /** Of the measured saga: its start and three replies. */
    private static final int TRANSITIONS = 4;

    /** One that is refused at its third step takes two back. */
    private static final int MORE_WHEN_REFUSED = 2;

    private static final Optional<Measured> NO_FLOOR = Optional.empty();

    private final List<Measured> measured;
    private final List<Row> rows = new ArrayList<>();

    private Report(List<Measured> measured) {
        this.measured = measured;
    }

    /** One line of the table. */
    record Row(String what, String floor, String clew, String ratio, String target) {}

    /** One outcome in short. */
    static String line(Case one, Outcome outcome) {
        return switch (one.workload()) {
            case IDLE ->
                    String.format(
                            Locale.ROOT,
                            "coordinator %.3f cores, broker %.3f cores",
                            outcome.cores("coordinator"),
                            outcome.cores("broker"));
            case QUERY,
                    CLOSED,
                    REFUSED,
                    OPEN,
                    PUSH,
                    STEPS,
                    OVERLOAD,
                    SCALE,
                    RESTORE,
                    TIMERS,
                    STANDBY ->
                    sagas(outcome);
            case REFERENCE -> ReferenceRows.line(one, outcome);
        };
    }

    /** One outcome of sagas in short. */
    static String sagas(Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "%,.0f/s, p50 %.1f p99 %.1f ms, CPU-s/1000: coordinator %.3f broker %.3f%s",
                outcome.perSecond(),
                outcome.latency().p50(),
                outcome.latency().p99(),
                outcome.cpuPerThousand("coordinator"),
                outcome.cpuPerThousand("broker"),
                outcome.unfinished() == 0 ? "" : ", UNFINISHED " + outcome.unfinished());
    }

    static List<Row> rows(List<Measured> measured) {
        var report = new Report(measured);
        report.best();
        measured.stream()
                .filter(one -> one.system() != Plan.MeasuredSystem.FLOOR)
                .forEach(report::addAny);
        return report.rows;
    }

    /** Ended sagas per second of Clew's best closed loop; 0 if there was none. */
    static double bestPerSecond(List<Measured> measured) {
        return new Report(measured)
                .best(Plan.MeasuredSystem.CLEW)
                .map(one -> perSecond(one).median())
                .orElse(0.0);
    }

    private void addAny(Measured clew) {
        addFigures(clew);
        Figure unfinished = clew.figure(Outcome::unfinished);
        if (unfinished.most() > 0) {
            row("  SAGAS THAT DID NOT END", NO_FLOOR, clew, m -> unfinished);
        }
    }

    private void addFigures(Measured clew) {
        switch (clew.one().workload()) {
            case CLOSED, REFUSED, OPEN, PUSH -> add(clew);
            case STEPS -> addSteps(clew);
            case OVERLOAD -> addOverload(clew);
            case QUERY -> {
                row(clew.one().label() + ": answers/s", NO_FLOOR, clew, Report::perSecond);
                row("  p50 ms", NO_FLOOR, clew, m -> m.figure(o -> o.latency().p50()));
                row("  p99 ms", NO_FLOOR, clew, m -> m.figure(o -> o.latency().p99()));
                row("  CPU-s/1000 coordinator", NO_FLOOR, clew, m -> m.cpu("coordinator"));
            }
            case IDLE -> {
                Figure idle = cores(clew, "coordinator");
                row("idle: cores of coordinator", NO_FLOOR, clew, m -> idle)
                        .target(idle, "≤ 0.05", it -> it <= MOST_IDLE);
                row("  cores of broker", NO_FLOOR, clew, m -> cores(m, "broker"));
            }
            // They make their own rows.
            case SCALE, RESTORE, TIMERS, STANDBY -> {}
            case REFERENCE -> rows.addAll(ReferenceRows.of(clew));
        }
    }

    private void addSteps(Measured clew) {
        int transitions = StepsDefinition.transitions(clew.one().load().definition());
        row(clew.one().label() + ": sagas/s", NO_FLOOR, clew, Report::perSecond);
        row(
                "  transitions/s",
                NO_FLOOR,
                clew,
                m -> m.figure(outcome -> outcome.perSecond() * transitions));
        row(
                "  CPU-s/1000 transitions coordinator",
                NO_FLOOR,
                clew,
                m -> m.figure(outcome -> outcome.cpuPerThousand("coordinator") / transitions));
    }

    private void addOverload(Measured clew) {
        double best = bestPerSecond(measured);
        row(clew.one().label() + ": sagas/s", NO_FLOOR, clew, Report::perSecond);
        Figure share = clew.figure(outcome -> outcome.perSecond() / best);
        Pending ofBest = row("  of the best", NO_FLOOR, clew, m -> share);
        if (best > 0) {
            ofBest.target(share, "≥ 0.9", it -> it >= LEAST_UNDER_OVERLOAD);
        }
        row("  p50 ms from start to decided", NO_FLOOR, clew, Report::decidedP50);
        row("  p99 ms from start to decided", NO_FLOOR, clew, Report::decidedP99);
        best(Plan.MeasuredSystem.CLEW)
                .ifPresent(
                        loop -> {
                            row("  … in the closed loop: p50", NO_FLOOR, loop, Report::decidedP50);
                            row("  … p99", NO_FLOOR, loop, Report::decidedP99);
                        });
        row(
                "  … 10 s after the last start on: p50",
                NO_FLOOR,
                clew,
                m -> m.figure(o -> o.after().p50()));
        row("  … p99", NO_FLOOR, clew, m -> m.figure(o -> o.after().p99()));
        row("  cores of coordinator", NO_FLOOR, clew, m -> cores(m, "coordinator"));
        row("  cores of the driver", NO_FLOOR, clew, m -> cores(m, "driver"));
        Figure drained = clew.figure(Outcome::drainSeconds);
        row("  drained after s", NO_FLOOR, clew, m -> drained)
                .target(drained, "≤ 10", it -> it <= MOST_TO_DRAIN);
        row("  lost", NO_FLOOR, clew, m -> m.figure(Outcome::unfinished));
    }

    private void best() {
        Optional<Measured> clew = best(Plan.MeasuredSystem.CLEW);
        Optional<Measured> floor = best(Plan.MeasuredSystem.FLOOR);
        clew.ifPresent(
                one -> {
                    row("best closed loop: sagas/s", floor, one, Report::perSecond)
                            .target("≥ 0.4", ratio -> ratio >= LEAST_SHARE);
                    row(
                                    "  CPU-s/1000, coordinator to the floor's pipeline",
                                    floor.map(Report::pipeline),
                                    one.cpu("coordinator"))
                            .target("≤ 4", ratio -> ratio <= MOST_CPU);
                });
    }

    private Optional<Measured> best(Plan.MeasuredSystem system) {
        return measured.stream()
                .filter(one -> one.system() == system)
                .filter(one -> one.one().workload() == Settings.Workload.CLOSED)
                .max(Comparator.comparingDouble(one -> perSecond(one).median()));
    }

    private void add(Measured clew) {
        Optional<Measured> floor = floorOf(clew.one());
        row(clew.one().label() + ": sagas/s", floor, clew, Report::perSecond);
        boolean targeted = clew.one().load().perSecond() == TARGET_RATE;
        Pending p50 = row("  p50 ms", floor, clew, m -> m.figure(o -> o.latency().p50()));
        row("  p95 ms", floor, clew, m -> m.figure(o -> o.latency().p95()));
        if (clew.one().load().observer() == Plan.Observer.READER) {
            row("  p50 ms until decided", NO_FLOOR, clew, Report::decidedP50);
            row("  p99 ms until decided", NO_FLOOR, clew, Report::decidedP99);
        }
        Pending p99 = row("  p99 ms", floor, clew, m -> m.figure(o -> o.latency().p99()));
        if (targeted) {
            p50.target("≤ 2", ratio -> ratio <= MOST_P50);
            p99.target("≤ 4", ratio -> ratio <= MOST_P99);
        }
        row("  CPU-s/1000 coordinator", floor, clew, m -> m.cpu("coordinator"));
        addRefusals(clew);
        row("  CPU-s/1000 broker", floor, clew, m -> m.cpu("broker"));
        row("  CPU-s/1000 workers", floor, clew, m -> m.cpu("worker"));
        row("  CPU-s/1000 driver", floor, clew, m -> m.cpu("driver"));
        row("  peak RSS MiB coordinator", floor, clew, m -> peak(m, "coordinator"));
        row("  peak RSS MiB broker", floor, clew, m -> peak(m, "broker"));
    }

    /** What a transition costs when some are refused, beside one of sagas that all complete. */
    private void addRefusals(Measured clew) {
        if (clew.one().workload() != Settings.Workload.REFUSED) {
            return;
        }
        double transitions =
                TRANSITIONS + MORE_WHEN_REFUSED * clew.one().load().refusedPercent() / 100.0;
        measured.stream()
                .filter(one -> one.system() == clew.system())
                .filter(one -> one.one().workload() == Settings.Workload.CLOSED)
                .filter(one -> one.one().load().inFlight() == clew.one().load().inFlight())
                .findFirst()
                .map(loop -> loop.cpu("coordinator").median() / TRANSITIONS)
                .ifPresent(
                        without -> {
                            Figure share =
                                    clew.figure(
                                            it ->
                                                    it.cpuPerThousand("coordinator")
                                                            / transitions
                                                            / without);
                            row("  … a transition, to one without", NO_FLOOR, clew, m -> share)
                                    .target(share, "≤ 1", it -> it <= 1);
                        });
    }

    /** The floor pushes to nobody: its reader stands beside both. */
    private Optional<Measured> floorOf(Case one) {
        return measured.stream()
                .filter(other -> other.system() == Plan.MeasuredSystem.FLOOR)
                .filter(
                        other ->
                                other.one().load().inFlight() == one.load().inFlight()
                                        && other.one().load().perSecond() == one.load().perSecond()
                                        && other.one().load().refusedPercent()
                                                == one.load().refusedPercent())
                .findFirst();
    }

    private Pending row(
            String what,
            Optional<Measured> floor,
            Measured clew,
            Function<Measured, Figure> figure) {
        return row(what, floor.map(figure), figure.apply(clew));
    }

    private Pending row(String what, Optional<Figure> beside, Figure ours) {
        double ratio = beside.map(ours::ratioTo).orElse(Double.NaN);
        rows.add(
                new Row(
                        what,
                        beside.map(Figure::toString).orElse("–"),
                        ours.toString(),
                        Double.isNaN(ratio) ? "–" : Figure.text(ratio),
                        ""));
        return new Pending(rows.size() - 1, ratio);
    }

    /** A row that may get a target. */
    private final class Pending {
        private final int index;
        private final double ratio;

        Pending(int index, double ratio) {
            this.index = index;
            this.ratio = ratio;
        }

        /** A target of the ratio to the floor; without a floor there is none. */
        void target(String text, DoublePredicate met) {
            if (!Double.isNaN(ratio)) {
                target(ratio, text, met);
            }
        }

        /** A target of the figure itself. */
        void target(Figure figure, String text, DoublePredicate met) {
            target(figure.median(), text, met);
        }

        private void target(double value, String text, DoublePredicate met) {
            Row row = rows.get(index);
            String verdict = text + (met.test(value) ? " met" : " MISSED");
            rows.set(index, new Row(row.what(), row.floor(), row.clew(), row.ratio(), verdict));
        }
    }

    /** What every engine on this broker has to pay for: broker and coordinator together. */
    private static Figure pipeline(Measured floor) {
        return floor.figure(
                outcome ->
                        outcome.cpuPerThousand("broker") + outcome.cpuPerThousand("coordinator"));
    }

    private static Figure decidedP50(Measured one) {
        return one.figure(outcome -> outcome.running().p50());
    }

    private static Figure decidedP99(Measured one) {
        return one.figure(outcome -> outcome.running().p99());
    }

    private static Figure perSecond(Measured one) {
        return one.figure(Outcome::perSecond);
    }

    private static Figure peak(Measured one, String process) {
        return Figure.of(one.peakRssMib(process));
    }

    private static Figure cores(Measured one, String process) {
        return one.figure(outcome -> outcome.cores(process));
    }
}
