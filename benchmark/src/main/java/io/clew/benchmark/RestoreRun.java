package io.clew.benchmark;

import io.clew.benchmark.load.Fill;
import io.clew.benchmark.load.OrderSchemas;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;

/** How long it takes until sagas go on after their coordinator was killed. */
final class RestoreRun {

    /** As in {@code StreamsSettings} of the coordinator: the group notices a death only then. */
    private static final Duration SESSION = Duration.ofSeconds(7);

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final double A_MILLION = 1e6;
    private static final double MOST_SECONDS = 10;

    /** Enough to have one in every partition. */
    private static final int PROBES = 64;

    private final Scene scene;

    RestoreRun(Scene scene) {
        this.scene = scene;
    }

    /** With its state lost, and nobody else. */
    void alone() {
        ClewSystem clew = scene.clew();
        WaitingSagas waiting = scene.settings().waiting();
        clew.coordinator().kill();
        clew.loseState();
        clew.awaitNoMembers(LIMIT);
        String probe = start("restore-", 1);
        scene.tell("coordinator killed, its state deleted; starting it again");
        var since = new Milestones();
        clew.coordinator().launch();
        CoordinatorView view = clew.view();
        Map<String, Double> reached =
                since.add("ready", view::ready)
                        .add("owns all partitions", () -> owns(view))
                        .add("status of an open saga", () -> view.knows(waiting.sagaId(0)))
                        .add("new saga completed", () -> view.completed(probe + 0))
                        .await(LIMIT);
        double seconds = view.metric("clew_restore_seconds_total");
        double rows = view.metric("clew_restore_rows_total");
        double millions = waiting.count() / A_MILLION;
        scene.row("state lost, %,d open sagas: restored in s".formatted(waiting.count()), seconds);
        scene.row("  … s per million", seconds / millions, MOST_SECONDS);
        scene.row("  rows of the changelog", rows);
        reached.forEach((what, at) -> scene.row("  s from process start: " + what, at));
        scene.tell("restored %,.0f rows in %.1f s; %s".formatted(rows, seconds, reached));
    }

    /** While a second coordinator has a copy of everything. */
    void standby() {
        ClewSystem clew = scene.clew();
        clew.startSecond();
        CoordinatorView second = clew.secondView();
        scene.tell("second coordinator started; waiting until both have every row");
        int all = scene.settings().coordinator().inboxPartitions();
        var joined = new Milestones();
        joined.add(
                        "shared",
                        () ->
                                second.partitions() >= all / 2
                                        && clew.view().partitions() + second.partitions() == all)
                .await(LIMIT);
        awaitCopies();
        scene.tell(
                "each owns its share after %.0f s; killing the first".formatted(joined.seconds()));
        double rowsBefore = second.metric("clew_restore_rows_total");
        var since = new Milestones();
        clew.coordinator().kill();
        String probes = start("standby-", PROBES);
        Map<String, Double> reached =
                since.add("owns all partitions", () -> owns(second))
                        .add("new sagas completed", () -> completed(second, probes))
                        .await(LIMIT);
        scene.row(
                "a standby takes over from a killed coordinator: rows it had to read",
                second.metric("clew_restore_rows_total") - rowsBefore);
        reached.forEach(
                (what, at) -> {
                    scene.row("  s from the kill: " + what, at);
                    scene.row("  … less the session timeout", at - SESSION.toSeconds());
                });
        scene.tell("standby took over: %s".formatted(reached));
    }

    /** Returns when the copies have stopped growing. */
    private void awaitCopies() {
        long before = -1;
        long now = Footprint.bytes(scene.clew().secondStateDirectory());
        while (now != before) {
            Milestones.pause(SESSION);
            before = now;
            now = Footprint.bytes(scene.clew().secondStateDirectory());
        }
    }

    private boolean owns(CoordinatorView view) {
        return view.partitions() == scene.settings().coordinator().inboxPartitions();
    }

    private static boolean completed(CoordinatorView view, String probes) {
        return LongStream.range(0, PROBES).allMatch(i -> view.completed(probes + i));
    }

    /** Starts sagas of the measured kind; what their ids begin with. */
    private String start(String prefix, int sagas) {
        Fill.send(scene.clew().places(""), OrderSchemas.ORDER_SAGA, prefix, sagas);
        return OrderSchemas.ORDER_SAGA + ":" + prefix;
    }
}
