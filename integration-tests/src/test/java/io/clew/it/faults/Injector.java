package io.clew.it.faults;

import io.clew.it.faults.cluster.Cluster;
import io.clew.it.faults.cluster.CoordinatorNode;
import io.clew.it.faults.cluster.Network;
import io.clew.it.faults.cluster.Replicas;
import io.clew.it.faults.cluster.SmallDisk;
import io.clew.it.faults.load.Workload;
import io.clew.platform.AppProcess;
import io.clew.platform.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Does the damage and repairs it; when it returns, everything runs again. */
final class Injector {
    private static final Duration BEYOND_A_SESSION = Duration.ofSeconds(13);
    private static final Duration TAKEN_OVER = Duration.ofSeconds(6);
    private static final Duration OTHERS_COMMIT = Duration.ofMillis(500);
    private static final int ORDERS_IN_HAND = 30;
    private static final int ATTEMPTS = 12;
    private static final int MANY_PARTITIONS = 6;

    private final Cluster cluster;
    private final Replicas replicas;
    private final Workload workload;
    private final Surroundings surroundings;
    private final RandomGenerator victims;

    /** Apart from the victims: how often it is drawn depends on how a run goes. */
    private final RandomGenerator jitter;

    private final List<Changed> changes = new ArrayList<>();

    Injector(
            Cluster cluster,
            Replicas replicas,
            Workload workload,
            Surroundings surroundings,
            SplittableRandom random) {
        this.cluster = cluster;
        this.replicas = replicas;
        this.workload = workload;
        this.surroundings = surroundings;
        victims = random.split();
        jitter = random.split();
    }

    /** When the surroundings were changed while a coordinator was frozen. */
    List<Changed> changes() {
        return List.copyOf(changes);
    }

    /** Returns when the damage is repaired; who was hit. */
    String inject(Fault fault) {
        return switch (fault) {
            case COORDINATOR_KILLED -> kill(coordinator());
            case COORDINATORS_KILLED -> killAll();
            case COORDINATOR_FROZEN -> goOnLater(caught(coordinator()));
            case COORDINATOR_STOPPED -> stopAndStart(coordinator().app(), Duration.ofSeconds(2));
            case COORDINATORS_ROLLED -> roll();
            case COORDINATOR_WIPED -> wipe(coordinator());
            case COORDINATOR_CUT_OFF -> cutOff(coordinator());
            case COORDINATOR_HOST_CUT_OFF -> cutOffHost(coordinator());
            case COORDINATOR_FAR_AWAY -> slowDown(coordinator());
            case COORDINATOR_DISK_FULL -> fillDisk();
            case COORDINATOR_CLOCK_MOVED -> moveClock(coordinator());
            case FROZEN_WITHOUT_REGISTRY -> freezeWithoutRegistry(coordinator());
            case FROZEN_AND_CHANGED -> freezeAndChange(coordinator());
            case SERVICE_KILLED -> killAndStart(one(cluster.services()), Duration.ofSeconds(3));
            case SERVICE_FROZEN -> freeze(one(cluster.services()), BEYOND_A_SESSION);
            case SERVICE_STOPPED -> stopAndStart(one(cluster.services()), Duration.ofSeconds(3));
            case BROKER_KILLED -> killAndStart(one(cluster.brokers()), Duration.ofSeconds(6));
            case BROKER_FROZEN -> freeze(one(cluster.brokers()), BEYOND_A_SESSION);
            case POSTGRES_RESTARTED -> stopAndStart(cluster.postgres(), Duration.ofSeconds(4));
            case REGISTRY_DOWN -> stopAndStart(cluster.registry(), Duration.ofSeconds(8));
        };
    }

    private CoordinatorNode coordinator() {
        return one(cluster.coordinators());
    }

    /**
     * Frozen in the midst of a transaction whose commands are out. To freeze it for a moment and
     * let it go, until that is so, hurts nobody.
     */
    private AppProcess caught(CoordinatorNode node) {
        workload.burst(ORDERS_IN_HAND);
        pause(Duration.ofMillis(200));
        node.app().suspend();
        for (int i = 0; i < ATTEMPTS && !hasCommandsOut(i); i++) {
            node.app().resume();
            pause(Duration.ofMillis(20 + jitter.nextInt(80)));
            node.app().suspend();
        }
        return node.app();
    }

    /** Meanwhile the transactions of others end; what is open after that is the frozen one's. */
    private boolean hasCommandsOut(int attempt) {
        pause(OTHERS_COMMIT);
        try {
            return replicas.commandPartitionsInOldestTransaction()
                    >= (attempt < ATTEMPTS / 2 ? MANY_PARTITIONS : 1);
        } catch (AssertionError notNow) {
            return false;
        }
    }

    private <T> T one(List<T> of) {
        return of.get(victims.nextInt(of.size()));
    }

    private String killAndStart(Part part, Duration away) {
        part.kill();
        pause(away);
        part.start();
        return part.name();
    }

    private String stopAndStart(Part part, Duration away) {
        part.stop();
        pause(away);
        part.start();
        return part.name();
    }

    private String freeze(Part part, Duration atLeast) {
        part.suspend();
        pause(atLeast.plusMillis(jitter.nextInt(4_000)));
        part.resume();
        return part.name();
    }

    private String kill(CoordinatorNode node) {
        return killAndStart(caught(node), Duration.ofSeconds(2));
    }

    private String killAll() {
        caught(coordinator());
        cluster.coordinators().forEach(node -> node.app().kill());
        cluster.coordinators().forEach(node -> node.app().launch());
        cluster.coordinators().forEach(node -> node.app().awaitReady());
        return "coordinators";
    }

    private String roll() {
        cluster.coordinators().forEach(node -> node.app().restart());
        return "coordinators";
    }

    private String wipe(CoordinatorNode node) {
        caught(node).kill();
        Cluster.wipe(node.state());
        node.app().start();
        return node.app().name();
    }

    private String cutOff(CoordinatorNode node) {
        caught(node);
        node.links().cut();
        node.app().resume();
        pause(BEYOND_A_SESSION.plusMillis(jitter.nextInt(4_000)));
        node.links().heal();
        return node.app().name();
    }

    private String cutOffHost(CoordinatorNode node) {
        Network.Host host = node.host().orElseThrow();
        caught(node);
        host.cut();
        node.app().resume();
        pause(BEYOND_A_SESSION.plusMillis(jitter.nextInt(4_000)));
        host.heal();
        return node.app().name();
    }

    private String slowDown(CoordinatorNode node) {
        node.links().delay(Duration.ofMillis(40 + jitter.nextInt(160)));
        pause(Duration.ofSeconds(10));
        node.links().heal();
        return node.app().name();
    }

    private String fillDisk() {
        CoordinatorNode node =
                cluster.coordinators().stream()
                        .filter(it -> it.disk().isPresent())
                        .findFirst()
                        .orElseThrow();
        SmallDisk disk = node.disk().orElseThrow();
        disk.fill();
        pause(Duration.ofSeconds(5));
        caught(node).kill();
        node.app().launch();
        pause(Duration.ofSeconds(12));
        disk.free();
        return node.app().name();
    }

    private String moveClock(CoordinatorNode node) {
        AppProcess astray = node.astray().orElseThrow();
        node.app().stop();
        astray.start();
        pause(Duration.ofSeconds(12));
        astray.stop();
        node.app().start();
        return node.app().name();
    }

    private String goOnLater(AppProcess frozen) {
        pause(BEYOND_A_SESSION.plusMillis(jitter.nextInt(4_000)));
        frozen.resume();
        return frozen.name();
    }

    private String freezeWithoutRegistry(CoordinatorNode node) {
        AppProcess frozen = caught(node);
        long since = System.currentTimeMillis();
        cluster.registry().stop();
        goOnLater(frozen);
        pause(TAKEN_OVER);
        changes.add(new Changed(since, System.currentTimeMillis()));
        cluster.registry().start();
        return frozen.name();
    }

    /** Who takes over replays what was in hand, and finds another world. */
    private String freezeAndChange(CoordinatorNode node) {
        CoordinatorNode other =
                cluster.coordinators().stream()
                        .filter(it -> !it.equals(node))
                        .findFirst()
                        .orElseThrow();
        caught(node);
        long since = System.currentTimeMillis();
        surroundings.change(other);
        pause(BEYOND_A_SESSION.plus(TAKEN_OVER));
        changes.add(new Changed(since, System.currentTimeMillis()));
        node.app().resume();
        surroundings.restore(other);
        return node.app().name();
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
