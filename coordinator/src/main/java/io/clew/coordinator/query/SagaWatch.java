package io.clew.coordinator.query;

import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Lets callers wait for what this instance's engine does. The engine calls in from its own thread
 * and is never held up.
 */
public final class SagaWatch {

    private static final int OUTCOMES_KEPT = 10_000;

    /**
     * A caller looks this often whether its saga has moved to another instance. It reads nothing as
     * long as it has not: thousands that wait would starve the engine they wait for.
     */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Map<SagaId, Map<Long, Turn>> watched = new ConcurrentHashMap<>();
    private final AtomicLong turns = new AtomicLong();
    private final Map<Place, CompletableFuture<Optional<Rejection>>> outcomes =
            new LinkedHashMap<>();

    private record Place(int partition, long offset) {}

    /** What a caller waits for. */
    public enum For {
        /** Any input of the saga. */
        MOVE,
        /** Its end: whoever looked at each move of many sagas would starve the engine. */
        END
    }

    /** One look of one caller; done when what it waits for has come. */
    private record Turn(long id, For what, CompletableFuture<Boolean> come) {}

    /** The engine has taken an input of this saga. */
    public void moved(SagaId saga, boolean ended) {
        Map<Long, Turn> waiting = watched.get(saga);
        if (waiting != null) {
            waiting.values().stream()
                    .filter(it -> ended || it.what() == For.MOVE)
                    .forEach(it -> it.come().complete(true));
        }
    }

    /** The engine has applied an intervention or a signal, or turned it away. */
    public void intervened(int partition, long offset, Optional<Rejection> rejection) {
        outcome(new Place(partition, offset)).complete(rejection);
    }

    /** What became of an intervention or a signal. */
    public sealed interface Outcome {

        record Applied() implements Outcome {}

        record Rejected(Rejection rejection) implements Outcome {}

        /** Nothing was heard of it within the limit; it may still be applied. */
        record Unknown() implements Outcome {}
    }

    /** Waits for the intervention or the signal that stands at this position of the inbox. */
    public Outcome awaitOutcome(int partition, long offset, Duration limit) {
        try {
            Optional<Rejection> rejection =
                    outcome(new Place(partition, offset))
                            .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return rejection.isPresent()
                    ? new Outcome.Rejected(rejection.get())
                    : new Outcome.Applied();
        } catch (TimeoutException | ExecutionException none) {
            return new Outcome.Unknown();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown();
        }
    }

    /**
     * Waits until {@code done} holds, looking each time {@code what} has come.
     *
     * @param unseen whether it may come without being told of here: then it looks by itself
     */
    public boolean await(
            SagaId saga, For what, Duration limit, BooleanSupplier done, BooleanSupplier unseen) {
        long until = System.nanoTime() + limit.toNanos();
        while (true) {
            Turn turn = register(saga, what);
            try {
                if (done.getAsBoolean()) {
                    return true;
                }
                if (!hasCome(turn, until, unseen)) {
                    return false;
                }
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                forget(saga, turn);
            }
        }
    }

    /** False if the time is up. */
    private static boolean hasCome(Turn turn, long until, BooleanSupplier unseen)
            throws ExecutionException, InterruptedException {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            try {
                return turn.come().get(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                if (unseen.getAsBoolean()) {
                    return true;
                }
            }
        }
        return false;
    }

    private Turn register(SagaId saga, For what) {
        Turn turn = new Turn(turns.incrementAndGet(), what, new CompletableFuture<>());
        watched.merge(
                saga,
                new ConcurrentHashMap<>(Map.of(turn.id(), turn)),
                (before, added) -> {
                    before.putAll(added);
                    return before;
                });
        return turn;
    }

    private void forget(SagaId saga, Turn gone) {
        watched.computeIfPresent(
                saga,
                (id, waiting) -> {
                    waiting.remove(gone.id());
                    return waiting.isEmpty() ? null : waiting;
                });
    }

    private CompletableFuture<Optional<Rejection>> outcome(Place place) {
        synchronized (outcomes) {
            if (outcomes.size() > OUTCOMES_KEPT) {
                outcomes.remove(outcomes.keySet().iterator().next());
            }
            return outcomes.computeIfAbsent(place, it -> new CompletableFuture<>());
        }
    }
}
