package io.clew.it.faults.load;

import io.clew.it.faults.cluster.Cluster;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Rest;
import io.clew.platform.AppProcess;
import io.clew.platform.Member;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Customers: orders and errands of every kind at a steady pace, most by Kafka, some by REST. */
public final class Workload implements AutoCloseable {
    /** Orders that come before anything is measured. */
    private static final int WARM_UP = 80;

    private static final int ONE_BY_REST_OF = 20;

    /** Of ten. */
    private static final int ERRANDS = 4;

    private static final int TEN = 10;
    private static final int REST_ATTEMPTS = 60;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SplittableRandom random;
    private final String prefix;
    private final EventProducer producer;
    private final List<AppProcess> orderServices;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final Map<String, ErrandKind> errands = new ConcurrentHashMap<>();
    private final Thread thread;
    private final ExecutorService rest = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger atOnce = new AtomicInteger();
    private volatile Pace pace;
    private final CountDownLatch warm = new CountDownLatch(1);
    private volatile boolean open = true;

    /** What a customer has asked for. */
    public record Asked(OrderKind kind, PlacedOrder order) {}

    private Workload(Cluster cluster, long seed, int perSecond) {
        random = new SplittableRandom(seed);
        prefix = "f" + Long.toHexString(seed) + "-";
        producer = new EventProducer(cluster.bootstrap(), cluster.registry().confluentUrl());
        orderServices = cluster.services(Member.ORDER_SERVICE);
        pace = new Pace(perSecond, 0, 0, 0);
        thread = Thread.ofPlatform().name("workload").unstarted(() -> run(perSecond));
    }

    /** Places some orders at once, and once all is {@link #warm} at most so many a second. */
    public static Workload start(Cluster cluster, long seed, int perSecond) {
        Workload workload = new Workload(cluster, seed, perSecond);
        workload.thread.start();
        return workload;
    }

    /** From now on orders come at their pace: who still compiles is not overrun by them. */
    public void warm() {
        warm.countDown();
    }

    public int count() {
        return asked.size() + errands.size();
    }

    /** Every order, by order id; whole once this is closed. */
    public Map<String, Asked> asked() {
        return Map.copyOf(asked);
    }

    /** Every errand, by its id; whole once this is closed. */
    public Map<String, ErrandKind> errands() {
        return Map.copyOf(errands);
    }

    /** What is there to do for an errand that has been placed. */
    public ErrandKind errand(String id) {
        ErrandKind kind = errands.get(id);
        if (kind == null) {
            throw new IllegalArgumentException("Expected an errand of ours but it is " + id);
        }
        return kind;
    }

    /** Besides all others, this many at once. */
    public void burst(int orders) {
        atOnce.addAndGet(orders);
    }

    public Pace pace() {
        return pace;
    }

    private void run(int perSecond) {
        int id = 0;
        while (id < WARM_UP) {
            place(prefix + id++);
        }
        awaitWarm();
        long interval = Duration.ofSeconds(1).toNanos() / perSecond;
        long begun = System.nanoTime();
        long longestLag = 0;
        for (int i = 1; open; i++) {
            place(prefix + id++);
            for (int more = atOnce.getAndSet(0); more > 0; more--) {
                place(prefix + id++);
            }
            long late = System.nanoTime() - begun - i * interval;
            longestLag = Math.max(longestLag, late);
            pace =
                    new Pace(
                            perSecond,
                            i,
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                            TimeUnit.NANOSECONDS.toMillis(longestLag));
            LockSupport.parkNanos(-late);
        }
    }

    private void awaitWarm() {
        try {
            warm.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void place(String id) {
        if (random.nextInt(TEN) < ERRANDS) {
            errands.put(id, ErrandKind.draw(random));
            producer.sendOn(Errands.EVENTS, PlacedOrder.good().named(id));
            return;
        }
        OrderKind kind = OrderKind.draw(random);
        PlacedOrder order = kind.order(id, random);
        boolean byRest = random.nextInt(ONE_BY_REST_OF) == 0;
        asked.put(id, new Asked(kind, order));
        if (byRest) {
            int first = random.nextInt(orderServices.size());
            rest.execute(() -> placeByRest(order, first));
            return;
        }
        producer.send(order);
        if (kind == OrderKind.TWICE) {
            producer.send(order);
        }
    }

    /**
     * A repeat under the same id is the same order, so the next instance is asked until one takes
     * it.
     */
    private void placeByRest(PlacedOrder order, int first) {
        for (int attempt = 0; attempt < REST_ATTEMPTS; attempt++) {
            AppProcess service = orderServices.get((first + attempt) % orderServices.size());
            if (isTaken(new Rest(service.url()), order)) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new IllegalStateException("Expected an order-service to take " + order.id());
    }

    private static boolean isTaken(Rest service, PlacedOrder order) {
        try {
            return service.post("/orders", order.json()).status() < 300;
        } catch (UncheckedIOException away) {
            return false;
        }
    }

    /** Stops; returns when every order is where it has to be. */
    @Override
    public void close() {
        open = false;
        warm();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        rest.close();
        producer.close();
    }
}
