package io.clew.benchmark.load;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts sagas as the plan says and notes when they have ended. */
final class Driver {

    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long DRAIN_LOOK = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * After the last start all should be as it was before there was too much, however much waits.
     */
    private static final long SETTLING = TimeUnit.SECONDS.toNanos(10);

    /** From here on a start does not get a wake-up of its own: those would be load themselves. */
    private static final int MANY_PER_SECOND = 2000;

    private static final long TOGETHER = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int HUNDRED = 100;

    private final Plan plan;
    private final Target target;
    private final Journal journal = new Journal();
    private final Semaphore room;
    private final String sagas;
    private final PushWatch push;
    private volatile boolean loading = true;
    private boolean settled;

    Driver(Plan plan, Target target) {
        this.plan = plan;
        this.target = target;
        this.room = new Semaphore(plan.load().inFlight());
        this.sagas = plan.load().definition() + ":" + plan.prefix();
        this.push = new PushWatch(plan.places().coordinator(), sagas, this::ended);
    }

    Outcome run() throws InterruptedException {
        if (plan.load().observer() == Plan.Observer.PUSH) {
            return measure();
        }
        try (var reader = new EndReader(plan.places().bootstrapServers(), target, this::ended)) {
            return measure();
        }
    }

    private Outcome measure() throws InterruptedException {
        try (Starter starter = starter()) {
            Thread load = Thread.ofPlatform().name("load").start(() -> load(starter));
            Plan.Window window = plan.load().window();
            TimeUnit.SECONDS.sleep(window.warmUpSeconds());
            var pids = new TreeMap<>(plan.meters());
            pids.put("driver", ProcessHandle.current().pid());
            var meter = new Meter(pids);
            Map<String, Double> before = meter.cpuSeconds();
            long from = System.nanoTime();
            journal.openWindow();
            TimeUnit.SECONDS.sleep(window.measuredSeconds());
            Journal.Seen seen = journal.closeWindow();
            double seconds = (double) (System.nanoTime() - from) / SECOND;
            Map<String, Outcome.Use> uses = meter.since(before);
            loading = false;
            load.join();
            double drainSeconds = drain();
            return new Outcome(
                    seconds,
                    seen.ended(),
                    seen.compensated(),
                    journal.unfinished(),
                    seen.latency(),
                    seen.running(),
                    settled ? journal.closeWindow().running() : Outcome.Latency.NONE,
                    drainSeconds,
                    uses);
        }
    }

    private Starter starter() {
        return switch (plan.load().start()) {
            case KAFKA -> new EventStarter(plan.places().bootstrapServers(), target);
            case REST -> new RestStarter(plan.places().orders(), plan.prefix());
        };
    }

    private void load(Starter starter) {
        switch (plan.load().shape()) {
            case CLOSED -> closedLoop(starter);
            case OPEN -> openLoop(starter);
            case NONE -> {}
            case STATUS, LIST -> query(starter);
        }
    }

    private void query(Starter starter) {
        for (long saga = 0; saga < Callers.SAGAS; saga++) {
            start(starter, saga, System.nanoTime());
        }
        drain();
        new Callers(plan, sagas, journal, () -> loading).run();
    }

    private void closedLoop(Starter starter) {
        long saga = 0;
        while (loading) {
            if (hasRoom()) {
                start(starter, saga++, System.nanoTime());
            }
        }
    }

    private boolean hasRoom() {
        try {
            return room.tryAcquire(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A start that is late counts from when it was due. */
    private void openLoop(Starter starter) {
        long begin = System.nanoTime();
        long together = plan.load().perSecond() > MANY_PER_SECOND ? TOGETHER : 0;
        for (long saga = 0; loading; saga++) {
            long due = begin + saga * SECOND / plan.load().perSecond();
            long wait = due - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(Math.max(wait, together));
                wait = due - System.nanoTime();
            }
            start(starter, saga, due);
        }
    }

    private void start(Starter starter, long saga, long due) {
        int percent = plan.load().refusedPercent();
        // Spread evenly.
        boolean refuse = saga * percent % HUNDRED < percent;
        journal.started(saga, due);
        starter.start(saga, refuse, accepted(saga));
    }

    private Runnable accepted(long saga) {
        return switch (plan.load().observer()) {
            case PUSH -> () -> push.watch(saga);
            case READER -> () -> {};
        };
    }

    private void ended(Target.End end) {
        if (journal.ended(end) && plan.load().shape() == Plan.Shape.CLOSED) {
            room.release();
        }
    }

    /** Whoever was offered more than can be done in the window has as much to do after it. */
    private double drain() {
        long from = System.nanoTime();
        long limit = DRAIN_LIMIT.toNanos() + 3L * plan.load().window().measuredSeconds() * SECOND;
        while (journal.open() > 0 && System.nanoTime() - from < limit) {
            LockSupport.parkNanos(DRAIN_LOOK);
            if (!settled && System.nanoTime() - from > SETTLING) {
                settled = true;
                journal.openWindow();
            }
        }
        return (double) (System.nanoTime() - from) / SECOND;
    }
}
