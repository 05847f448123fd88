package io.clew.it.faults;

import io.clew.platform.AppProcess;
import io.clew.platform.KafkaBroker;
import io.clew.platform.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Does the damage and repairs it; when it returns, everything runs again. */
final class Injector {
    private static final Duration BEYOND_A_SESSION = Duration.ofSeconds(13);

    private final Cluster cluster;
    private final RandomGenerator random;

    Injector(Cluster cluster, RandomGenerator random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** Returns when the damage is repaired; who was hit. */
    String inject(Fault fault) {
        return switch (fault) {
            case COORDINATOR_KILLED -> killAndStart(coordinator().app(), Duration.ofSeconds(2));
            case COORDINATOR_FROZEN -> freeze(coordinator().app(), BEYOND_A_SESSION);
            case COORDINATOR_STOPPED -> stopAndStart(coordinator().app(), Duration.ofSeconds(2));
            case COORDINATORS_ROLLED -> roll();
            case COORDINATOR_WIPED -> wipe(coordinator());
            case COORDINATOR_CUT_OFF -> cutOff(coordinator());
            case COORDINATOR_FAR_AWAY -> slowDown(coordinator());
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

    private String roll() {
        cluster.coordinators().forEach(node -> node.app().restart());
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
        apps.forEach(app -> app.awaitReady(limit));
        cluster.brokers().forEach(KafkaBroker::awaitReady);
        return ended;
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
