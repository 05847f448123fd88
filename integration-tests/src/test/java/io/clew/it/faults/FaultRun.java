package io.clew.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.check.Checker;
import io.clew.it.faults.check.CommandCheck;
import io.clew.it.faults.check.SagaLog;
import io.clew.it.faults.check.SagaTopics;
import io.clew.it.faults.check.Verdict;
import io.clew.it.faults.cluster.Cluster;
import io.clew.it.faults.cluster.Replicas;
import io.clew.it.faults.cluster.Supervisor;
import io.clew.it.faults.load.Clerk;
import io.clew.it.faults.load.Errands;
import io.clew.it.faults.load.Liar;
import io.clew.it.faults.load.Workload;
import io.clew.it.system.Await;
import io.clew.it.system.Sagas;
import io.clew.platform.PlatformException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/** One run from an empty cluster to a verdict. */
final class FaultRun {
    private static final Duration READY = Duration.ofMinutes(3);
    private static final Duration CALM = Duration.ofSeconds(90);
    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final String ORDERS = Sagas.ofOrder("");

    /** Who owned what when: without it a stall cannot be explained afterwards. */
    private static final Map<String, String> LOUD =
            Map.of(
                    "quarkus.log.category.\"org.apache.kafka.streams\".level",
                    "INFO",
                    "quarkus.log.category.\"org.apache.kafka.clients.consumer\".level",
                    "INFO");

    private static final int WARM_UP_SAGAS = 40;

    private final Settings settings;
    private final Cluster cluster;
    private final Replicas replicas;
    private final SagaTopics topics;
    private final SagaLog log;
    private final Supervisor supervisor;
    private final SplittableRandom random;
    private final List<Window> windows = new ArrayList<>();
    private final List<String> endedByThemselves = new ArrayList<>();
    private List<Fault> round = List.of();

    private FaultRun(Settings settings, Cluster cluster, Replicas replicas, SagaTopics topics) {
        this.settings = settings;
        this.cluster = cluster;
        this.replicas = replicas;
        this.topics = topics;
        log = topics.log();
        supervisor = new Supervisor(cluster, replicas);
        random = new SplittableRandom(settings.seed());
    }

    /** Starts a cluster in this directory, hurts it, and says what came of it. */
    static Report run(Path directory, Settings settings) {
        say("seed " + settings.seed());
        Cluster.Shape shape =
                new Cluster.Shape(
                        settings.instances(),
                        settings.faults().contains(Fault.COORDINATOR_HOST_CUT_OFF),
                        settings.faults().contains(Fault.COORDINATOR_DISK_FULL),
                        settings.timing(),
                        LOUD);
        try (Cluster cluster = Cluster.start(directory, shape);
                Replicas replicas = new Replicas(cluster.bootstrap(), CommandCheck.TOPICS);
                SagaTopics topics = new SagaTopics(cluster.bootstrap())) {
            say("cluster ready");
            Errands.announce(cluster);
            replicas.stampWithLogTime("saga.events");
            CommandCheck.TOPICS.forEach(replicas::stampWithLogTime);
            return new FaultRun(settings, cluster, replicas, topics).run();
        }
    }

    private Report run() {
        Surroundings surroundings = new Surroundings(cluster, settings.impatient());
        surroundings.define(cluster.coordinators().get(0));
        surroundings.defineErrands(cluster.coordinators().get(0), settings.patience());
        Liar liar = Liar.start(cluster.bootstrap(), random.nextLong());
        Workload workload = Workload.start(cluster, settings.seed(), settings.perSecond());
        Clerk clerk =
                Clerk.start(
                        cluster.bootstrap(),
                        workload::errand,
                        settings.patience(),
                        random.nextLong());
        Injector injector = new Injector(cluster, replicas, workload, surroundings, random.split());
        Await.until(
                READY,
                () -> {
                    topics.catchUp();
                    assertThat(log.stories().size() - log.open()).isGreaterThan(WARM_UP_SAGAS);
                });
        workload.warm();
        long begun = System.currentTimeMillis();
        hurt(workload, injector);
        workload.close();
        liar.close();
        say("%d sagas asked for, waiting for their ends".formatted(workload.count()));
        drain(workload.count());
        clerk.close();
        Duration took = Duration.ofMillis(System.currentTimeMillis() - begun);
        say("checking");
        topics.catchUp();
        Checker checker = new Checker(cluster, log, workload, clerk.books());
        Verdict verdict = checker.check(liar.told(), replicas.changelog());
        Course course =
                new Course(
                        settings,
                        took,
                        workload.pace(),
                        windows,
                        injector.changes(),
                        endedByThemselves,
                        skipped());
        return Report.of(verdict, course);
    }

    private Map<Fault, String> skipped() {
        Map<Fault, String> skipped = new EnumMap<>(Fault.class);
        for (Fault fault : settings.faults()) {
            obstacle(fault).ifPresent(why -> skipped.put(fault, why));
        }
        return skipped;
    }

    /** Why this machine or this user cannot do that. */
    private Optional<String> obstacle(Fault fault) {
        return switch (fault) {
            case COORDINATOR_DISK_FULL ->
                    unless(cluster.hasSmallDisk(), "no right to mount a tmpfs");
            case COORDINATOR_HOST_CUT_OFF ->
                    unless(cluster.hasHosts(), "no right to make network namespaces");
            case COORDINATOR_CLOCK_MOVED -> unless(cluster.hasWrongClocks(), "no libfaketime");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean possible, String why) {
        return possible ? Optional.empty() : Optional.of(why);
    }

    private void hurt(Workload workload, Injector injector) {
        long end = System.nanoTime() + settings.time().toNanos();
        List<Fault> faults = new ArrayList<>(settings.faults());
        faults.removeAll(skipped().keySet());
        boolean once = settings.time().isZero();
        for (int i = 0; once ? i < faults.size() : goesOn(end, workload); i++) {
            Fault fault = once ? faults.get(i) : drawn(faults, i);
            long begin = System.currentTimeMillis();
            Attempt attempt = inject(injector, fault);
            long healed = System.currentTimeMillis();
            awaitWhole();
            calmDown();
            windows.add(
                    new Window(
                            fault,
                            attempt.who(),
                            attempt.trouble(),
                            begin,
                            healed,
                            System.currentTimeMillis()));
            say(
                    "%s (%s) after %d s, %d asked for, %d open, %.1f s late at most"
                            .formatted(
                                    fault.title(),
                                    attempt.who(),
                                    (System.currentTimeMillis() - begin) / 1000,
                                    workload.count(),
                                    log.open(),
                                    workload.pace().longestLag() / 1000.0));
        }
    }

    /** What came of one injection. */
    private record Attempt(String who, Optional<String> trouble) {}

    /**
     * What was not done, or left a part that does not come back, does not count and is told of; the
     * supervisor mends it and the run goes on.
     */
    private static Attempt inject(Injector injector, Fault fault) {
        try {
            return new Attempt(injector.inject(fault), Optional.empty());
        } catch (PlatformException | AssertionError hung) {
            String trouble = String.valueOf(hung.getMessage());
            say("%s: %s".formatted(fault.title(), trouble));
            return new Attempt("unknown", Optional.of(trouble));
        }
    }

    private void awaitWhole() {
        try {
            endedByThemselves.addAll(supervisor.awaitWhole());
        } catch (PlatformException | AssertionError broken) {
            say("the cluster is not whole: " + broken.getMessage());
            endedByThemselves.add("the cluster was not whole in time");
        }
    }

    private boolean goesOn(long end, Workload workload) {
        return System.nanoTime() < end || workload.count() < settings.orders();
    }

    /** The next fault comes when orders flow again, so that each is seen by itself. */
    private void calmDown() {
        Injector.pause(Duration.ofMillis(500 + random.nextInt(1_500)));
        try {
            Await.until(
                    CALM,
                    () -> {
                        topics.catchUp();
                        assertThat(log.open(ORDERS)).isLessThan(2L * settings.perSecond());
                    });
        } catch (AssertionError still) {
            say("sagas do not flow: " + still.getMessage());
        }
    }

    /** Every fault once in an order that is drawn, then again in another. */
    private Fault drawn(List<Fault> faults, int index) {
        if (index % faults.size() == 0) {
            round = new ArrayList<>(faults);
            Collections.shuffle(round, new Random(random.nextLong()));
        }
        return round.get(index % round.size());
    }

    /** Returns when everything has ended, or has an incident, or the time is up. */
    private void drain(int placed) {
        try {
            Await.until(
                    DRAIN,
                    () -> {
                        topics.catchUp();
                        assertThat(log.asked()).isGreaterThanOrEqualTo(placed);
                        assertThat(log.open()).isZero();
                    });
        } catch (AssertionError stuck) {
            say("not everything has ended: " + stuck.getMessage());
        }
    }

    private static void say(String what) {
        System.out.println("[faults] " + what);
    }
}
