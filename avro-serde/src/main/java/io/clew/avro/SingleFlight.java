package io.clew.avro;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cache whose concurrent misses of one key make one load, on a thread of its own, so that
 * interrupting one waiting caller does not fail the others.
 */
final class SingleFlight<K, V> {

    private final Map<K, V> values = new ConcurrentHashMap<>();
    private final Map<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
    private final Function<K, V> loader;
    private final int limit;

    SingleFlight(int limit, Function<K, V> loader) {
        this.limit = limit;
        this.loader = loader;
    }

    Optional<V> cached(K key) {
        return Optional.ofNullable(values.get(key));
    }

    boolean isLoading(K key) {
        return flights.containsKey(key);
    }

    /** The value, a load under way, or a new load. A failed load is not kept. */
    CompletableFuture<V> load(K key) {
        var value = values.get(key);
        if (value != null) {
            return CompletableFuture.completedFuture(value);
        }
        var started = new CompletableFuture<V>();
        var underWay = flights.putIfAbsent(key, started);
        if (underWay != null) {
            return underWay;
        }
        Thread.ofVirtual().name("clew-schema-registry").start(() -> run(key, started));
        return started;
    }

    private void run(K key, CompletableFuture<V> flight) {
        try {
            var landed = values.get(key);
            var value = landed != null ? landed : loader.apply(key);
            put(key, value);
            flight.complete(value);
        } catch (RuntimeException | Error e) {
            flight.completeExceptionally(e);
        } finally {
            flights.remove(key, flight);
        }
    }

    private void put(K key, V value) {
        if (values.size() >= limit) {
            values.keySet().stream().findFirst().ifPresent(values::remove);
        }
        values.put(key, value);
    }
}
