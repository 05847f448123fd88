package io.clew.benchmark;

import io.clew.benchmark.load.Fill;
import io.clew.benchmark.load.Meter;
import io.clew.benchmark.load.Outcome;
import io.clew.platform.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where the workloads with many sagas happen, and what they do there. */
final class Scene {

    static final String COORDINATOR = "coordinator";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int TELL_EVERY = 5;

    /** Starts a second below which something is wrong. */
    private static final long HOPELESS = 500;

    private final ClewSystem clew;
    private final Settings settings;
    private final Function<Case, Outcome> window;
    private final Consumer<String> progress;
    private final List<Report.Row> rows = new ArrayList<>();

    Scene(
            ClewSystem clew,
            Settings settings,
            Function<Case, Outcome> window,
            Consumer<String> progress) {
        this.clew = clew;
        this.settings = settings;
        this.window = window;
        this.progress = progress;
    }

    ClewSystem clew() {
        return clew;
    }

    Settings settings() {
        return settings;
    }

    List<Report.Row> rows() {
        return rows;
    }

    /** One window of load. */
    Outcome measure(Case one) {
        Outcome outcome = window.apply(one);
        progress.accept("clew   " + one.label() + "  " + Report.line(one, outcome));
        clew.tidy();
        return outcome;
    }

    /** As many windows of it as all loads get. */
    Measured repeat(Case one) {
        List<Outcome> windows = new ArrayList<>();
        for (int repeat = 0; repeat < settings.repeats(); repeat++) {
            windows.add(measure(one));
        }
        return new Measured(clew.kind(), one, windows);
    }

    void tell(String line) {
        progress.accept("clew   " + line);
    }

    /** One line of the table. */
    void row(String what, double value) {
        row(what, Figure.of(value));
    }

    /** The same, measured more than once. */
    void row(String what, Figure figure) {
        rows.add(new Report.Row(what, "–", figure.toString(), "–", ""));
    }

    /** One line with a target. */
    void row(String what, double value, double most) {
        rows.add(
                new Report.Row(
                        what,
                        "–",
                        Figure.text(value),
                        "–",
                        "≤ %s %s".formatted(Figure.text(most), value <= most ? "met" : "MISSED")));
    }

    /** Starts them as fast as they are let in, and returns how many a second that was. */
    double fill(WaitingSagas sagas) {
        double before = started();
        var clock = new Milestones();
        tell("starting %,d sagas of %s".formatted(sagas.count(), sagas.definition()));
        Thread sender =
                Thread.ofPlatform()
                        .name("fill")
                        .start(
                                () ->
                                        Fill.send(
                                                clew.places(""),
                                                sagas.definition(),
                                                WaitingSagas.PREFIX,
                                                sagas.count()));
        double started = 0;
        for (int looks = 1; started < sagas.count(); looks++) {
            Milestones.pause(LOOK_EVERY);
            started = started() - before;
            if (looks % TELL_EVERY == 0) {
                tell("%,.0f of %,d started".formatted(started, sagas.count()));
            }
            if (clock.seconds() > TELL_EVERY * TELL_EVERY + (double) sagas.count() / HOPELESS) {
                throw new PlatformException(
                        "Expected %,d sagas to start but only %,.0f did"
                                .formatted(sagas.count(), started));
            }
        }
        double perSecond = sagas.count() / clock.seconds();
        join(sender);
        tell("%,d started, %,.0f/s".formatted(sagas.count(), perSecond));
        return perSecond;
    }

    private static void join(Thread sender) {
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while measuring", e);
        }
    }

    private double started() {
        return clew.view().metric("clew_transitions_total{kind=\"trigger\"");
    }

    /** Cores the coordinator uses while nothing is asked of it. */
    double idleCores(Duration time) {
        Meter meter = new Meter(clew.processes());
        Map<String, Double> before = meter.cpuSeconds();
        Milestones.pause(time);
        return meter.since(before).getOrDefault(COORDINATOR, new Outcome.Use(0, 0)).cpuSeconds()
                * 1000
                / time.toMillis();
    }
}
