package io.clew.benchmark;

import io.clew.benchmark.load.Plan;
import io.clew.platform.Jdk;
import io.clew.platform.JvmProfile;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clew bench}: measures Clew beside the raw Kafka floor. */
@Command(
        name = "clew bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure speed, latency and cost beside the raw Kafka floor of the same run.",
            "Starts broker, registry, coordinator, workers and driver as processes on free ports;",
            "stops them at the end and on Ctrl-C."
        },
        footer = {
            "",
            "It fails if a saga did not end or a call failed; a target that is missed is no"
                    + " failure.",
            "",
            "Results: results.json and results.txt in .clew/bench/<time> (or CLEW_HOME).",
            "The defaults take about an hour; the machine should do nothing else."
        })
final class BenchCommand implements Callable<Integer> {

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            description = "Of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
            defaultValue = "CLOSED,REFUSED,OPEN,PUSH,IDLE")
    private Set<Settings.Workload> workloads = Set.of();

    @Option(names = "--quick", description = "A look, not a measurement: 3 s after 5 s, once.")
    private boolean quick;

    @Option(
            names = "--heat",
            paramLabel = "SECONDS",
            description = "Load before the first window of each system; default: 100.")
    private int heat = 100;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "Default: 20.")
    private int warmUp = 20;

    @Option(names = "--measure", paramLabel = "SECONDS", description = "Default: 30.")
    private int measure = 30;

    @Option(names = "--repeats", paramLabel = "N", description = "Windows per load; default: 3.")
    private int repeats = 3;

    @Option(
            names = "--in-flight",
            split = ",",
            paramLabel = "N",
            description = "Sizes of the closed loops; default: ${DEFAULT-VALUE}.",
            defaultValue = "100,500,2000")
    private List<Integer> inFlight = List.of();

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "N",
            description = "Starts per second of the open loops; default: ${DEFAULT-VALUE}.",
            defaultValue = "20,100,1000")
    private List<Integer> rates = List.of();

    @Option(
            names = "--open-sagas",
            paramLabel = "N",
            description = "Of SCALE, RESTORE and STANDBY; default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private long openSagas;

    @Option(
            names = "--timers",
            paramLabel = "N",
            description = "Of TIMERS; default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private long timers;

    @Option(names = "--no-floor", description = "Leave the floor out, and with it all ratios.")
    private boolean noFloor;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description = "1, or 3 with replication factor 3; default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int brokers;

    @Option(
            names = "--fsync",
            description = "Brokers write each batch to disk before they acknowledge it.")
    private boolean fsync;

    @Option(
            names = "--inbox-partitions",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.",
            defaultValue = "8")
    private int inboxPartitions;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Stream threads of the coordinator; default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int threads;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "latency or throughput; default: ${DEFAULT-VALUE}.",
            defaultValue = "latency")
    private String profile = "";

    @Option(
            names = "--coordinator-jvm",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
            defaultValue = "STEADY")
    private JvmProfile jvm = JvmProfile.STEADY;

    @Option(
            names = "--coordinator-heap",
            paramLabel = "SIZE",
            description = "Default: ${DEFAULT-VALUE}.",
            defaultValue = "768m")
    private String heap = "";

    @Option(
            names = "--coordinator-flag",
            paramLabel = "FLAG",
            description = "One JVM flag more; may be given again.")
    private List<String> flags = List.of();

    @Option(
            names = "--aot",
            description = {
                "The coordinator runs under load once, and is started again with the AOT cache",
                "which its JVM has made of that. Needs JDK 25."
            })
    private boolean aot;

    @Option(
            names = "--keep",
            description = "Keep the data of broker and coordinator until the next run.")
    private boolean keep;

    private final PrintStream out = System.out;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (aot && (jvm != JvmProfile.STEADY || Jdk.feature() < ClewSystem.FIRST_JDK_WITH_CACHE)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    ("--aot needs a JVM with all its compilers (--coordinator-jvm=STEADY) of"
                                    + " JDK %d or newer; this is %s of JDK %d")
                            .formatted(ClewSystem.FIRST_JDK_WITH_CACHE, jvm, Jdk.feature()));
        }
        Instant begun = Instant.now();
        Settings settings = settings();
        try (Workspace workspace = Workspace.open(begun)) {
            out.println("Measuring; results will be in " + workspace.results());
            Suite suite = new Suite(settings, workspace.data(), line -> report(begun, line));
            Suite.Results results = suite.run();
            out.println();
            out.println(ResultFiles.write(workspace.results(), settings, results));
            out.println("Written to " + workspace.results());
            workspace.keepLogs();
            if (!keep) {
                workspace.deleteData();
            }
            if (results.unfinished() > 0) {
                out.printf(
                        Locale.ROOT,
                        "%,d sagas did not end, or calls failed: do not trust these figures%n",
                        results.unfinished());
                return 1;
            }
        }
        return 0;
    }

    private Settings settings() {
        Plan.Window window = quick ? new Plan.Window(5, 3) : new Plan.Window(warmUp, measure);
        return new Settings(
                workloads,
                !noFloor,
                quick ? 1 : repeats,
                quick ? 3 : heat,
                window,
                inFlight,
                rates,
                new Settings.Many(openSagas, timers),
                new Settings.Durability(brokers, fsync),
                new Settings.Coordinator(inboxPartitions, threads, profile, jvm, heap, flags, aot));
    }

    private void report(Instant begun, String line) {
        double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, line));
    }
}
