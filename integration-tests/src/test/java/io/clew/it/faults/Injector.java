package io.clew.it.faults;

import io.clew.platform.AppProcess;
import io.clew.platform.KafkaBroker;
import io.clew.platform.Part;
import io.clew.platform.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Does the damage and repairs it; when it returns, everything runs again. */
final class Injector {
    private static final Duration SHARES = Duration.ofMinutes(2);
    private static final Duration BEYOND_A_SESSION = Duration.ofSeconds(13);

    private final Cluster cluster;
    private final Replicas replicas;
    private final RandomGenerator random;

    Injector(Cluster cluster, Replicas replicas, RandomGenerator random) {
        this.cluster = cluster;
        this.replicas = replicas;
        this.random = random;
    }

    /** Returns when the damage is repaired; who was hit. */
    String inject(Fault fault) {
        return switch (fault) {
            case COORDINATOR_KILLED -> killAndStart(coordinator().app(), Duration.ofSeconds(2));
            case COORDINATORS_KILLED -> killAll();
            case COORDINATOR_FROZEN -> freeze(coordinator().app(), BEYOND_A_SESSION);
            case COORDINATOR_STOPPED -> stopAndStart(coordinator().app(), Duration.ofSeconds(2));
            case COORDINATORS_ROLLED -> roll();
            case COORDINATOR_WIPED -> wipe(coordinator());
            case COORDINATOR_CUT_OFF -> cutOff(coordinator());
            case COORDINATOR_FAR_AWAY -> slowDown(coordinator());
            case COORDINATOR_DISK_FULL -> fillDisk();
            case COORDINATOR_CLOCK_MOVED -> moveClock(coordinator());
            case FROZEN_WITHOUT_REGISTRY -> freezeWithoutRegistry(coordinator());
            case SERVICE_KILLED -> killAndStart(one(cluster.services()), Duration.ofSeconds(3));
            case SERVICE_FROZEN -> freeze(one(cluster.services()), BEYOND_A_SESSION);
            case SERVICE_STOPPED -> stopAndStart(one(cluster.services()), Duration.ofSeconds(3));
            case BROKER_KILLED -> killAndStart(one(cluster.brokers()), Duration.ofSeconds(8));
            case BROKER_FROZEN -> freeze(one(cluster.brokers()), BEYOND_A_SESSION);
            case POSTGRES_RESTARTED -> stopAndStart(cluster.postgres(), Duration.ofSeconds(4));
            case REGISTRY_DOWN -> stopAndStart(cluster.registry(), Duration.ofSeconds(8));
        };
    }

    private CoordinatorNode coordinator() {
        return one(cluster.coordinators());
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
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
        pause(atLeast.plusMillis(random.nextInt(4_000)));
        part.resume();
        return part.name();
    }

    private String killAll() {
        cluster.coordinators().forEach(node -> node.app().kill());
        cluster.coordinators().forEach(node -> node.app().launch());
        cluster.coordinators().forEach(node -> node.app().awaitReady());
        return "coordinators";
    }

    private String roll() {
        for (CoordinatorNode node : cluster.coordinators()) {
            node.app().restart();
            awaitShares();
        }
        return "coordinators";
    }

    private String wipe(CoordinatorNode node) {
        node.app().kill();
        Cluster.wipe(node.state());
        node.app().start();
        return node.app().name();
    }

    private String cutOff(CoordinatorNode node) {
        node.links().cut();
        pause(BEYOND_A_SESSION.plusMillis(random.nextInt(4_000)));
        node.links().heal();
        return node.app().name();
    }

    private String slowDown(CoordinatorNode node) {
        node.links().delay(Duration.ofMillis(40 + random.nextInt(160)));
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
        node.app().kill();
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

    private String freezeWithoutRegistry(CoordinatorNode node) {
        cluster.registry().stop();
        freeze(node.app(), BEYOND_A_SESSION);
        pause(Duration.ofSeconds(3));
        cluster.registry().start();
        return node.app().name();
    }

    /**
     * Waits until every part is ready and starts what has ended by itself, as whoever supervises
     * processes would; names of those.
     */
    List<String> superviseUntilReady(Duration limit) {
        List<String> ended = new ArrayList<>();
        List<AppProcess> apps = new ArrayList<>(cluster.services());
        cluster.coordinators().forEach(node -> apps.add(node.app()));
        for (AppProcess app : apps) {
            if (!app.isAlive()) {
                ended.add(app.name());
                app.launch();
            }
        }
        for (AppProcess app : apps) {
            if (!isReady(app, limit)) {
                ended.add(app.name() + ", which hung");
                app.kill();
                app.start();
            }
        }
        cluster.brokers().forEach(KafkaBroker::awaitReady);
        replicas.awaitInSync(SHARES);
        awaitShares();
        return ended;
    }

    /** Waits until every coordinator has its share: only then may another one be stopped. */
    private void awaitShares() {
        replicas.awaitOwners(cluster.coordinators().size(), SHARES);
    }

    private static boolean isReady(AppProcess app, Duration limit) {
        try {
            app.awaitReady(limit);
            return true;
        } catch (PlatformException never) {
            return false;
        }
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
