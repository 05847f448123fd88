package io.clew.coordinator.engine;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.testkit.Altered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Prints what one partition's share of a list costs: a page of 50 out of many sagas in a RocksDB
 * store, found by looking at every instance and by the rows of what is asked for.
 *
 * <p>Argument: sagas (default 100000), one in a hundred of them paused.
 */
public final class ListCost {
    private static final int PAGE = 50;
    private static final int ROWS_PER_PAGE = 5000;
    private static final int ROUNDS = 200;
    private static final Optional<String> ORDERS = Optional.of("order-fulfilment");

    private final CoordinatorHarness coordinator;
    private final int sagas;

    private ListCost(CoordinatorHarness coordinator, int sagas) {
        this.coordinator = coordinator;
        this.sagas = sagas;
    }

    public static void main(String[] args) throws Exception {
        int sagas = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Path stateDir = Files.createTempDirectory("list-cost");
        try (CoordinatorHarness coordinator = new CoordinatorHarness(stateDir)) {
            new ListCost(coordinator, sagas).run();
        }
    }

    private void run() {
        coordinator.receivesTrigger("template");
        SagaInstance running = coordinator.instance("template");
        for (int i = 0; i < sagas; i++) {
            put(running, i);
        }
        Predicate<SagaInstance> paused = it -> it.phase() == Phase.PAUSED;
        String late = "c-" + (sagas - 7);
        Predicate<SagaInstance> ofOne = it -> it.index().containsValue(late);
        Walk all = new Walk.All(ORDERS);
        cost("every instance, one phase", all, paused);
        cost("the rows of a phase", phase(Walk.Span.ALWAYS), paused);
        Walk.Span span =
                new Walk.Span(
                        running.startedAt().plusMillis(sagas / 2),
                        running.startedAt().plusMillis(sagas / 2 + 10_000));
        cost("the rows of a phase and a span", phase(span), paused);
        cost("every instance, one attribute", all, ofOne);
        cost(
                "the rows of an attribute",
                new Walk.ByAttribute(ORDERS, "customerId", late, Walk.Span.ALWAYS),
                ofOne);
        cost("a key", new Walk.OfKey(ORDERS, "o-" + (sagas - 7)), it -> true);
    }

    private static Walk phase(Walk.Span span) {
        return new Walk.ByPhase(ORDERS, Set.of(Phase.PAUSED), span);
    }

    private void put(SagaInstance like, int number) {
        SagaInstance saga =
                new Altered(like)
                        .id(SagaId.of(ORDERS.orElseThrow(), "o-" + number))
                        .run(like.run() + number)
                        .index(Map.of("customerId", "c-" + number))
                        .pausedAt(number % 100 == 0 ? Optional.of(like.time()) : Optional.empty())
                        .saga();
        coordinator.store().put(Keys.instance(saga.id()), InstanceCodec.encode(saga));
        IndexKeys.of(saga).forEach(key -> coordinator.store().put(key, Hints.row()));
    }

    /** The first page, as a list reads it: in bites, until it is full or has looked enough. */
    private void cost(String what, Walk walk, Predicate<SagaInstance> shows) {
        page(walk, shows);
        long start = System.nanoTime();
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            found = page(walk, shows);
        }
        Duration each = Duration.ofNanos((System.nanoTime() - start) / ROUNDS);
        System.out.printf("%-32s %8.3f ms, %d found%n", what, each.toNanos() / 1e6, found);
    }

    private int page(Walk walk, Predicate<SagaInstance> shows) {
        RowWalk rows = new RowWalk(coordinator.store());
        int found = 0;
        int looked = 0;
        int bite = PAGE;
        String last = "";
        while (looked < ROWS_PER_PAGE && found < PAGE) {
            List<Walked> chunk = rows.walk(walk, last, bite);
            for (Walked walked : chunk) {
                last = walked.at();
                found += found < PAGE && shown(walked, shows) ? 1 : 0;
            }
            if (chunk.size() < bite) {
                return found;
            }
            looked += bite;
            bite = 500;
        }
        return found;
    }

    private boolean shown(Walked walked, Predicate<SagaInstance> shows) {
        return SagaRead.of(coordinator.store(), walked.saga())
                .found(0, new Lookup.Source(true, true, 0))
                .instance()
                .filter(shows)
                .isPresent();
    }
}
