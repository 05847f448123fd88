package io.clew.coordinator.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces a stream thread that died, a few times a minute; then this instance stops. */
final class RestartBudget implements StreamsUncaughtExceptionHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(RestartBudget.class);
    private static final int PER_WINDOW = 5;
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final EngineMetrics metrics;
    private final Deque<Long> deaths = new ArrayDeque<>();
    private Optional<String> last = Optional.empty();

    RestartBudget(EngineMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable cause) {
        long now = System.nanoTime();
        deaths.add(now);
        while (now - deaths.getFirst() > WINDOW_NANOS) {
            deaths.removeFirst();
        }
        last = Optional.of(String.valueOf(cause));
        if (deaths.size() > PER_WINDOW) {
            LOGGER.error("Expected stream threads to live but too many died; stopping", cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        metrics.threadsReplaced.increment();
        LOGGER.error("Expected a stream thread to live but it died; replacing it", cause);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** What killed the last thread that died. */
    synchronized Optional<String> last() {
        return last;
    }
}
