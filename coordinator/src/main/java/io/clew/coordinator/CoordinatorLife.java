package io.clew.coordinator;

import io.clew.coordinator.definitions.DefinitionCatalog;
import io.clew.coordinator.engine.InboxUnfitException;
import io.clew.coordinator.engine.SagaEngine;
import io.clew.coordinator.ingress.InboxLag;
import io.clew.coordinator.ingress.Ingress;
import io.clew.coordinator.ingress.Relay;
import io.clew.coordinator.query.EngineRows;
import io.clew.coordinator.query.EngineSwitch;
import io.clew.coordinator.query.SagaCounts;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the rooms one after the other, each as soon as what it needs is there, and stops them in
 * reverse. While broker or registry are away, or the inbox is not there yet, the start waits; it
 * gives up only if the inbox is there and wrong.
 */
@ApplicationScoped
class CoordinatorLife {

    private static final Logger LOGGER = LoggerFactory.getLogger(CoordinatorLife.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(10);

    /** A count takes at most a twentieth of one core. */
    private static final int COUNT_PAUSES = 19;

    private final Rooms rooms;
    private final Admin admin;
    private final CoordinatorConfig config;
    private final OpenSagas open;
    private final StartProgress progress;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread starter = new Thread(this::run, "clew-start");
    private final ScheduledExecutorService clockwork = daemon("clew-clockwork");

    /** Apart, since a count of millions must not make the lag old. */
    private final ScheduledExecutorService counting = daemon("clew-counting");

    @Inject
    CoordinatorLife(
            Rooms rooms,
            Admin admin,
            CoordinatorConfig config,
            OpenSagas open,
            StartProgress progress) {
        this.rooms = rooms;
        this.admin = admin;
        this.config = config;
        this.open = open;
        this.progress = progress;
    }

    /** What is started and stopped. */
    record Rooms(
            DefinitionCatalog catalog,
            SagaEngine engine,
            EngineSwitch engineSwitch,
            Entrances entrances,
            InboxLag lag) {}

    /** Whatever brings something to the inbox. */
    record Entrances(Ingress ingress, Relay relay) {
        void start() {
            ingress.start();
            relay.start();
        }

        void close() {
            ingress.close();
            relay.close();
        }
    }

    void start(@Observes StartupEvent event) {
        starter.setDaemon(true);
        starter.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
        starter.interrupt();
        clockwork.shutdownNow();
        counting.shutdownNow();
        rooms.entrances().close();
        rooms.engineSwitch().stopped("it is being stopped");
        rooms.engine().close();
        rooms.catalog().close();
    }

    private void run() {
        try {
            until("the broker", this::brokerAnswers);
            rooms.catalog().start();
            until("the topic " + config.inbox().topic(), this::inboxExists);
            until("the definitions", () -> rooms.catalog().awaitCaughtUp(PAUSE));
            until("the engine", this::engineStarts);
            rooms.engineSwitch().running(new EngineRows(rooms.engine().reader()));
            every(PAUSE, rooms.lag()::refresh);
            countIn(Duration.ZERO);
            rooms.entrances().start();
            until("its share of the partitions", this::hasShare);
            progress.done();
            LOGGER.info("The coordinator runs");
        } catch (InboxUnfitException unfit) {
            LOGGER.error("The coordinator stops: {}", unfit.getMessage());
            progress.waitsFor("nothing, it stops: " + unfit.getMessage());
            Quarkus.asyncExit(1);
        } catch (InterruptedException stop) {
            LOGGER.debug("Stopped while starting");
        }
    }

    private boolean brokerAnswers() throws Exception {
        return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
    }

    private boolean inboxExists() throws Exception {
        return config.topics().create()
                || admin.listTopics()
                        .names()
                        .get(5, TimeUnit.SECONDS)
                        .contains(config.inbox().topic());
    }

    private boolean engineStarts() throws Exception {
        rooms.engine().start();
        return true;
    }

    /** Whoever restarts one after the other stops the next when this one is ready. */
    private boolean hasShare() {
        Optional<String> waitsFor = rooms.engine().waitsForShare();
        waitsFor.ifPresent(it -> progress.waitsFor("its share of the partitions: " + it));
        return waitsFor.isEmpty();
    }

    /** The more sagas are open the longer a count takes, and the more seldom it is. */
    private void count() {
        long begun = System.nanoTime();
        try {
            SagaCounts counts = SagaCounts.count(rooms.engine().reader(), rooms.catalog().names());
            open.counted(counts.open(), counts.incidents());
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Duration pause = took.multipliedBy(COUNT_PAUSES);
            countIn(pause.compareTo(COUNT_EVERY) > 0 ? pause : COUNT_EVERY);
        }
    }

    private void countIn(Duration pause) {
        if (stopping.getCount() == 0) {
            return;
        }
        // It never fails, and ends with its executor.
        var unused =
                counting.schedule(guarded(this::count), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void every(Duration pause, Runnable task) {
        // It never fails, and ends with its executor.
        var unused =
                clockwork.scheduleWithFixedDelay(
                        guarded(task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException fault) {
                LOGGER.warn("Expected a look at the numbers but {}", fault.toString());
            }
        };
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Tries until it holds; whatever it throws meanwhile is a reason to wait. */
    private void until(String what, Callable<Boolean> holds) throws InterruptedException {
        String last = "not tried yet";
        progress.waitsFor(what);
        while (stopping.getCount() > 0) {
            String why = "";
            try {
                if (holds.call()) {
                    return;
                }
            } catch (InterruptedException | InboxUnfitException stop) {
                throw stop;
            } catch (Exception notYet) {
                why = ": " + notYet;
            }
            if (!why.equals(last)) {
                LOGGER.warn("Waiting for {}{}", what, why);
                progress.waitsFor(what + why);
                last = why;
            }
            stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw new InterruptedException("stopping");
    }
}
