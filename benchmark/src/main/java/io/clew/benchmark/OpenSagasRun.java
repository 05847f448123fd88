package io.clew.benchmark;

import io.clew.benchmark.load.Outcome;
import java.time.Duration;

/** What sagas cost that are open and wait, and what all others then cost. */
final class OpenSagasRun {

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final double A_MILLION = 1e6;
    private static final double MOST_CPU = 1.2;

    /** A saga of three steps: its start and three replies. */
    private static final int TRANSITIONS = 4;

    private final Scene scene;

    OpenSagasRun(Scene scene) {
        this.scene = scene;
    }

    void run() {
        WaitingSagas waiting = scene.settings().waiting();
        Case loop = Case.beside(scene.settings());
        Measured before = scene.repeat(loop);
        double idleBefore = scene.idleCores(QUIET);
        Footprint without = Footprint.of(scene.clew());
        double perSecond = scene.fill(waiting);
        scene.clew().tidy();
        Milestones.pause(QUIET);
        double idle = scene.idleCores(QUIET);
        Footprint with = Footprint.of(scene.clew());
        scene.row("%,d open sagas: starts/s".formatted(waiting.count()), perSecond);
        scene.row("  cores of coordinator, idle, before", idleBefore);
        scene.row("  … with them", idle);
        footprint(waiting, without, with);
        Measured after = scene.repeat(loop);
        scene.row("  " + loop.label() + ": sagas/s before", before.figure(Outcome::perSecond));
        scene.row("  … with them", after.figure(Outcome::perSecond));
        scene.row("  CPU-s/1000 transitions of coordinator, before", cpu(before));
        scene.row("  … with them", cpu(after));
        scene.row("  … ratio", cpu(after).ratioTo(cpu(before)), MOST_CPU);
        for (Case query : Case.queries(scene.settings())) {
            Outcome answers = scene.measure(query);
            scene.row("  " + query.label() + ": answers/s", answers.perSecond());
            scene.row("  … p99 ms", answers.latency().p99());
        }
    }

    private void footprint(WaitingSagas waiting, Footprint without, Footprint with) {
        double millions = waiting.count() / A_MILLION;
        scene.row("  MiB per million: resident", (with.resident() - without.resident()) / millions);
        scene.row("  … heap after a collection", (with.heap() - without.heap()) / millions);
        scene.row("  … state directory", (with.state() - without.state()) / millions);
        scene.row("  … changelog", (with.changelog() - without.changelog()) / millions);
        scene.tell(
                "resident %.0f MiB, heap %.0f, state %.0f, changelog %.0f"
                        .formatted(with.resident(), with.heap(), with.state(), with.changelog()));
    }

    private static Figure cpu(Measured loops) {
        return loops.figure(one -> one.cpuPerThousand(Scene.COORDINATOR) / TRANSITIONS);
    }
}
