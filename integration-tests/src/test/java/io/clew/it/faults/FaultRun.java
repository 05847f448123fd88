package io.clew.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.platform.PlatformHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/** One run from an empty cluster to a verdict. */
final class FaultRun {
    private static final Duration READY = Duration.ofMinutes(3);
    private static final Duration BY_THEMSELVES = Duration.ofSeconds(60);
    private static final Duration CALM = Duration.ofSeconds(90);
    private static final Duration DRAIN = Duration.ofMinutes(3);

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
    private final SplittableRandom random;
    private final Injector injector;
    private final List<Window> windows = new ArrayList<>();
    private final List<String> endedByThemselves = new ArrayList<>();
    private List<Fault> round = List.of();

    private FaultRun(Settings settings, Cluster cluster, Replicas replicas) {
        this.settings = settings;
        this.cluster = cluster;
        random = new SplittableRandom(settings.seed());
        injector = new Injector(cluster, replicas, random.split());
    }

    /** Starts a cluster in this directory, hurts it, and says what came of it. */
    static Report run(Path directory, Settings settings) {
        say("seed " + settings.seed());
        Cluster.Shape shape =
                new Cluster.Shape(
                        settings.instances(),
                        settings.faults().contains(Fault.COORDINATOR_DISK_FULL),
                        Map.of(),
                        LOUD);
        try (Cluster cluster = Cluster.start(directory, shape);
                Replicas replicas = new Replicas(cluster.bootstrap());
                SagaLog log = new SagaLog(cluster.bootstrap())) {
            say("cluster ready");
            replicas.stampWithLogTime("saga.events");
            cluster.apply("order-fulfilment", definition(settings.impatient()));
            return new FaultRun(settings, cluster, replicas).run(log, replicas);
        }
    }

    private Report run(SagaLog log, Replicas replicas) {
        Liar liar = Liar.start(cluster.bootstrap(), random.nextLong());
        Workload workload = Workload.start(cluster, settings.seed(), settings.perSecond());
        Await.until(
                READY,
                () -> {
                    log.catchUp();
                    assertThat(log.stories().size() - log.open()).isGreaterThan(WARM_UP_SAGAS);
                });
        long begun = System.currentTimeMillis();
        hurt(workload, log);
        workload.close();
        liar.close();
        say("%d orders placed, waiting for their ends".formatted(workload.count()));
        drain(log, workload.count());
        long took = System.currentTimeMillis() - begun;
        say("checking");
        Checker checker = new Checker(cluster, log, workload.asked());
        return checker.check(liar.told(), replicas.changelog())
                .report(settings, Duration.ofMillis(took), windows, endedByThemselves);
    }

    private void hurt(Workload workload, SagaLog log) {
        long end = System.nanoTime() + settings.time().toNanos();
        List<Fault> faults = settings.faults().stream().filter(cluster::can).toList();
        boolean once = settings.time().isZero();
        for (int i = 0; once ? i < faults.size() : System.nanoTime() < end; i++) {
            Fault fault = once ? faults.get(i) : drawn(faults, i);
            long begin = System.currentTimeMillis();
            String who = injector.inject(fault);
            long healed = System.currentTimeMillis();
            endedByThemselves.addAll(injector.superviseUntilReady(BY_THEMSELVES));
            calmDown(log);
            windows.add(new Window(fault, who, begin, healed, System.currentTimeMillis()));
            say(
                    "%s (%s) after %d s, %d orders, %d open"
                            .formatted(
                                    fault.title(),
                                    who,
                                    (System.currentTimeMillis() - begin) / 1000,
                                    workload.count(),
                                    log.open()));
        }
    }

    /** The next fault comes when sagas flow again, so that each is seen by itself. */
    private void calmDown(SagaLog log) {
        Injector.pause(Duration.ofMillis(500 + random.nextInt(1_500)));
        try {
            Await.until(
                    CALM,
                    () -> {
                        log.catchUp();
                        assertThat(log.open()).isLessThan(2L * settings.perSecond());
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
    private static void drain(SagaLog log, int placed) {
        try {
            Await.until(
                    DRAIN,
                    () -> {
                        log.catchUp();
                        assertThat(log.stories().size()).isGreaterThanOrEqualTo(placed);
                        assertThat(log.open()).isZero();
                    });
        } catch (AssertionError stuck) {
            say("not everything has ended: " + stuck.getMessage());
        }
    }

    private static String definition(boolean impatient) {
        Path file =
                PlatformHome.repository()
                        .resolve("order-service/src/main/saga/order-fulfilment.yaml");
        try {
            String text = Files.readString(file);
            return impatient
                    ? text.replace("timeout: 10s", "timeout: 3s")
                            .replace("giveUpAfter: 5m", "giveUpAfter: 9s")
                    : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(String what) {
        System.out.println("[faults] " + what);
    }
}
