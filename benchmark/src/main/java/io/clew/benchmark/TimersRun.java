package io.clew.benchmark;

import io.clew.benchmark.load.Meter;
import io.clew.benchmark.load.Outcome;
import io.clew.benchmark.load.TimerWatch;
import io.clew.platform.PlatformException;
import java.time.Duration;
import java.util.Map;

/** How late timers fire, what they cost then, and what they cost until then. */
final class TimersRun {

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int TELL_EVERY = 50;

    private final Scene scene;

    TimersRun(Scene scene) {
        this.scene = scene;
    }

    void run() {
        WaitingSagas silent = scene.settings().silent();
        double idleBefore = scene.idleCores(QUIET);
        String broker = scene.clew().places("").bootstrapServers();
        try (var watch = new TimerWatch(broker, silent.definition(), WaitingSagas.PREFIX)) {
            var sinceFirst = new Milestones();
            scene.fill(silent);
            scene.row(
                    "%,d timers: cores of coordinator, idle, before".formatted(silent.count()),
                    idleBefore);
            idlePending(silent, sinceFirst, watch);
            fire(silent, watch);
        }
    }

    /** Only if all are pending and none is due for long enough. */
    private void idlePending(WaitingSagas silent, Milestones sinceFirst, TimerWatch watch) {
        double left = silent.silence().toSeconds() - sinceFirst.seconds();
        if (left < QUIET.toSeconds() || watch.seen().sagas() > 0) {
            scene.tell("the first timers are due before all sagas have started");
            return;
        }
        Milestones.pause(Duration.ofMillis((long) ((left - QUIET.toSeconds()) * 1000 / 2)));
        scene.row("  … with all pending", scene.idleCores(QUIET));
    }

    private void fire(WaitingSagas silent, TimerWatch watch) {
        Meter meter = new Meter(scene.clew().processes());
        Map<String, Double> before = meter.cpuSeconds();
        var clock = new Milestones();
        TimerWatch.Seen seen = watch.seen();
        for (int looks = 1; seen.sagas() < silent.count(); looks++) {
            Milestones.pause(LOOK_EVERY);
            seen = watch.seen();
            if (looks % TELL_EVERY == 0) {
                scene.tell("%,d of %,d fired".formatted(seen.sagas(), silent.count()));
            }
            if (clock.seconds() > silent.silence().plus(PATIENCE).toSeconds()) {
                throw new PlatformException(
                        "Expected %,d timers to fire but only %,d did"
                                .formatted(silent.count(), seen.sagas()));
            }
        }
        Outcome.Use use =
                meter.since(before).getOrDefault(Scene.COORDINATOR, new Outcome.Use(0, 0));
        scene.row("  fired late by ms, p50", seen.lateMillis().p50());
        scene.row("  … p99", seen.lateMillis().p99());
        scene.row("  … most", seen.lateMillis().max());
        scene.row("  before they were due", (double) seen.early());
        scene.row("  sent again", (double) seen.again());
        scene.row("  CPU-s/1000 fired of coordinator", use.cpuSeconds() * 1000 / seen.sagas());
        scene.tell(
                "late by ms: %s, early %d, again %d"
                        .formatted(seen.lateMillis(), seen.early(), seen.again()));
    }
}
