package io.clew.benchmark;

import io.clew.benchmark.load.DriverMain;
import io.clew.benchmark.load.Outcome;
import io.clew.benchmark.load.Plan;
import io.clew.platform.JvmProfile;
import io.clew.platform.ProgramProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs every case on the floor and then on Clew, each repeat with a driver of its own. */
final class Suite {

    static final String DRIVER_HEAP = "768m";

    /** On top of the window: start of a JVM, drain, and a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Settings settings;
    private final Path directory;
    private final Consumer<String> progress;
    private final List<Measured> measured = new ArrayList<>();
    private final TreeMap<String, String> commandLines = new TreeMap<>();
    private int drivers;
    private long unfinished;

    Suite(Settings settings, Path directory, Consumer<String> progress) {
        this.settings = settings;
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param measured what was measured
     * @param many the rows of what was measured with many sagas
     * @param commandLines of the processes
     * @param unfinished sagas that did not end and calls that failed, heating included; 0 or
     *     nothing of this is to be trusted
     */
    record Results(
            List<Measured> measured,
            List<Report.Row> many,
            TreeMap<String, String> commandLines,
            long unfinished) {}

    Results run() {
        List<Report.Row> many = comparesAny() ? compare() : List.of();
        if (settings.workloads().contains(Settings.Workload.REFERENCE)) {
            measureReference();
        }
        return new Results(measured, many, commandLines, unfinished);
    }

    private boolean comparesAny() {
        return settings.workloads().stream().anyMatch(it -> it != Settings.Workload.REFERENCE);
    }

    private void measureReference() {
        try (var reference = ReferenceSystem.start(directory.resolve("reference"), settings)) {
            progress.accept("reference application ready");
            runAll(
                    reference,
                    List.of(ReferenceLoads.heating(heating())),
                    Case.ofReference(settings));
        }
    }

    /** What is measured on the broker that floor and Clew share; rows of those with many sagas. */
    private List<Report.Row> compare() {
        try (Cluster cluster = Cluster.start(directory, settings.durability())) {
            progress.accept("broker ready");
            if (settings.withFloor()) {
                var floor = new FloorSystem(cluster, directory);
                try (floor) {
                    floor.start();
                    progress.accept("floor ready");
                    runAll(
                            floor,
                            List.of(Case.heating(settings, heating())),
                            Case.ofFloor(settings));
                }
            }
            var clew = new ClewSystem(cluster, directory, settings);
            try (clew) {
                clew.start();
                progress.accept("coordinator and workers ready");
                if (settings.coordinator().trained()) {
                    heat(clew, Case.heatingOfClew(settings, heating()), "train");
                    clew.startTrained();
                    progress.accept("coordinator ready again, trained");
                }
                runAll(clew, Case.heatingOfClew(settings, heating()), Case.all(settings));
                Scene scene = new Scene(clew, settings, one -> run(clew, one), progress);
                runMany(scene);
                return scene.rows();
            }
        }
    }

    private void runMany(Scene scene) {
        boolean filled = false;
        for (Settings.Workload workload : Settings.Workload.values()) {
            if (!settings.workloads().contains(workload) || !workload.many()) {
                continue;
            }
            boolean alsoFills = workload == Settings.Workload.SCALE;
            boolean needsNone = workload == Settings.Workload.TIMERS;
            if (!filled && !alsoFills && !needsNone) {
                scene.fill(settings.waiting());
            }
            filled |= !needsNone;
            runMany(scene, workload);
        }
    }

    private static void runMany(Scene scene, Settings.Workload workload) {
        switch (workload) {
            case SCALE -> new OpenSagasRun(scene).run();
            case RESTORE -> new RestoreRun(scene).alone();
            case TIMERS -> new TimersRun(scene).run();
            case STANDBY -> new RestoreRun(scene).standby();
            case CLOSED, REFUSED, OPEN, PUSH, STEPS, OVERLOAD, QUERY, IDLE, REFERENCE -> {}
        }
    }

    private void runAll(SystemUnderTest system, List<Case> heating, List<Case> cases) {
        String kind = system.kind().name().toLowerCase(Locale.ROOT);
        system.processes()
                .forEach((name, pid) -> commandLines.put(kind + " " + name, commandLine(pid)));
        heat(system, heating, kind);
        for (Case asked : cases) {
            Case one = rated(asked);
            var repeats = new ArrayList<Outcome>();
            for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
                Outcome outcome = run(system, one);
                repeats.add(outcome);
                progress.accept(
                        "%-5s  %s  [%d/%d]  %s"
                                .formatted(
                                        kind,
                                        one.label(),
                                        repeat,
                                        settings.repeats(),
                                        Report.line(one, outcome)));
                system.tidy();
            }
            measured.add(new Measured(system.kind(), one, repeats));
        }
    }

    /** Overload is told by what was measured before it. */
    private Case rated(Case one) {
        if (one.workload() != Settings.Workload.OVERLOAD) {
            return one;
        }
        return one.at((int) Math.max(1, 2 * Report.bestPerSecond(measured)));
    }

    /** Windows that do not count: young processes are slower than they will be. */
    private void heat(SystemUnderTest system, List<Case> heating, String kind) {
        for (Case one : heating) {
            Outcome outcome = run(system, one);
            progress.accept("%-5s  heated: %s".formatted(kind, Report.sagas(outcome)));
            system.tidy();
        }
    }

    private Plan.Window heating() {
        return new Plan.Window(settings.window().warmUpSeconds(), settings.heatSeconds());
    }

    private Outcome run(SystemUnderTest system, Case one) {
        String name = "driver-" + ++drivers;
        Path place = directory.resolve(name);
        Path plan = place.resolve("plan.json");
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new Plan(
                        system.kind(),
                        system.places(place.toString()),
                        one.load(),
                        "d%d-".formatted(drivers),
                        system.processes())
                .write(plan);
        Path outcome = place.resolve(DriverMain.RESULT);
        ProgramProcess driver =
                ProgramProcess.builder(name, DriverMain.class.getName(), outcome)
                        .heap(DRIVER_HEAP)
                        .jvm(JvmProfile.STEADY)
                        .log(directory.resolve("logs").resolve(name + ".log"))
                        .argument(plan.toString())
                        .build();
        try (driver) {
            driver.launch();
            Plan.Window window = one.load().window();
            driver.awaitSign(
                    PATIENCE.plusSeconds(window.warmUpSeconds() + 5L * window.measuredSeconds()));
        }
        Outcome result = Outcome.read(outcome);
        unfinished += result.unfinished();
        return result;
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"))
                    .replace('\0', ' ')
                    .replaceAll(" -cp \\S+", "")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
