package io.clew.saga;

import java.util.ArrayList;
import java.util.List;

/**
 * What has arrived for a saga.
 *
 * @param held what no await has taken yet, oldest first
 * @param taken ids of what was taken last, oldest first
 */
public record Arrivals(List<Arrival> held, List<String> taken) {
    /** How many are held for later awaits. */
    public static final int HELD = 32;

    private static final int REMEMBERED = 64;

    public static final Arrivals NONE = new Arrivals(List.of(), List.of());

    public Arrivals {
        held = List.copyOf(held);
        taken = List.copyOf(taken);
    }

    boolean knows(String id) {
        return taken.contains(id) || held.stream().anyMatch(it -> it.id().equals(id));
    }

    Arrivals held(Arrival arrival) {
        List<Arrival> next = new ArrayList<>(held);
        next.add(arrival);
        return new Arrivals(next, taken);
    }

    Arrivals taken(String id) {
        List<Arrival> left = held.stream().filter(it -> !it.id().equals(id)).toList();
        List<String> next = new ArrayList<>(taken);
        next.add(id);
        int from = Math.max(0, next.size() - REMEMBERED);
        return new Arrivals(left, next.subList(from, next.size()));
    }
}
