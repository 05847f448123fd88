package io.clew.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has arrived for a saga that has not started yet: services publish on their own, and nobody
 * says whose topic is read first.
 *
 * @param id saga id
 * @param arrivals oldest first
 * @param until when it is given up; also its timer
 */
public record Early(SagaId id, List<Arrival> arrivals, Instant until) {
    /** How long it is kept for a start to come. */
    public static final Duration KEPT = Duration.ofDays(1);

    public Early {
        arrivals = List.copyOf(arrivals);
    }

    /** With one more, unless there are too many; a repeated one changes nothing. */
    static Optional<Early> with(Optional<Early> before, SagaId id, Arrival arrival, Instant now) {
        List<Arrival> next = new ArrayList<>(before.map(Early::arrivals).orElse(List.of()));
        boolean repeated = next.stream().anyMatch(it -> it.id().equals(arrival.id()));
        if (repeated) {
            return before;
        }
        if (next.size() >= Arrivals.HELD) {
            return Optional.empty();
        }
        next.add(arrival);
        return Optional.of(new Early(id, next, before.map(Early::until).orElse(now.plus(KEPT))));
    }
}
