package io.clew.it.faults.cluster;

import io.clew.platform.AppProcess;
import io.clew.platform.KafkaBroker;
import io.clew.platform.Part;
import io.clew.platform.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts what has ended by itself or hangs, as whoever supervises processes would. */
public final class Supervisor {
    private static final Duration BY_THEMSELVES = Duration.ofSeconds(60);
    private static final Duration WHOLE = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final Replicas replicas;

    public Supervisor(Cluster cluster, Replicas replicas) {
        this.cluster = cluster;
        this.replicas = replicas;
    }

    /** Waits until every part is ready and has its share; names of those it had to start. */
    public List<String> awaitWhole() {
        List<String> started = new ArrayList<>();
        List<AppProcess> apps = new ArrayList<>(cluster.services());
        cluster.coordinators().forEach(node -> apps.add(node.app()));
        cluster.coordinators().forEach(node -> node.astray().ifPresent(AppProcess::kill));
        List<Part> all = new ArrayList<>(cluster.brokers());
        all.addAll(List.of(cluster.registry(), cluster.postgres()));
        all.addAll(apps);
        for (Part part : all) {
            if (!part.isAlive()) {
                started.add(part.name());
                part.launch();
            }
        }
        for (AppProcess app : apps) {
            if (!isReady(app)) {
                started.add(app.name() + ", which hung");
                app.kill();
                app.start();
            }
        }
        cluster.brokers().forEach(KafkaBroker::awaitReady);
        replicas.awaitInSync(WHOLE);
        replicas.awaitOwners(cluster.coordinators().size(), Cluster.FAIR_SHARE, WHOLE);
        return started;
    }

    private static boolean isReady(AppProcess app) {
        try {
            app.awaitReady(BY_THEMSELVES);
            return true;
        } catch (PlatformException never) {
            return false;
        }
    }
}
