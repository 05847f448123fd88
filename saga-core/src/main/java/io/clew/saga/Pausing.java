package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pauses of one subject, as one partition has heard of them.
 *
 * @param spells when it was paused, oldest first; the last one may be open
 * @param actor who asked for the last change
 * @param note why
 * @param operations ids of the last operations, oldest first
 */
public record Pausing(List<Spell> spells, String actor, String note, List<String> operations) {
    /** Older ones are forgotten: a wait that began before them may end too early. */
    private static final int SPELLS_KEPT = 50;

    private static final int OPERATIONS_KEPT = 32;

    static final Pausing NEVER = new Pausing(List.of(), "", "", List.of());

    public Pausing {
        spells = List.copyOf(spells);
        operations = List.copyOf(operations);
    }

    /**
     * One pause.
     *
     * @param from since when, in log time
     * @param asked where that was asked for
     * @param end how it ended; none while it lasts
     */
    public record Spell(Instant from, Position asked, Optional<End> end) {

        public Optional<Instant> until() {
            return end.map(End::at);
        }

        Spell asOf(Position place) {
            return new Spell(from, asked, end.filter(it -> !it.asked().isAfter(place)));
        }
    }

    /**
     * The end of a pause.
     *
     * @param at when, in log time
     * @param asked where that was asked for
     */
    public record End(Instant at, Position asked) {}

    /** The pause that lasts, if one does. */
    public Optional<Spell> open() {
        return last().filter(it -> it.end().isEmpty());
    }

    /** When the last pause was over; empty while one lasts. */
    public Optional<Instant> over() {
        return last().flatMap(Spell::until);
    }

    private Optional<Spell> last() {
        return spells.isEmpty() ? Optional.empty() : Optional.of(spells.get(spells.size() - 1));
    }

    boolean knows(String operationId) {
        return operations.contains(operationId);
    }

    /** Whether all of it was asked for by then. */
    boolean knownBy(Position place) {
        return last().filter(it -> it.end().map(End::asked).orElse(it.asked()).isAfter(place))
                .isEmpty();
    }

    Pausing asOf(Position place) {
        List<Spell> known =
                spells.stream()
                        .filter(it -> !it.asked().isAfter(place))
                        .map(it -> it.asOf(place))
                        .toList();
        return new Pausing(known, actor, note, operations);
    }

    /** After this request; asked to be what it is already, only the operation is remembered. */
    Pausing after(PauseRequest request, Position place, Instant at) {
        List<String> heard = new ArrayList<>(operations);
        heard.add(request.operationId());
        List<String> kept = newest(heard, OPERATIONS_KEPT);
        if (request.pause() == open().isPresent()) {
            return new Pausing(spells, actor, note, kept);
        }
        List<Spell> next = new ArrayList<>(spells);
        if (request.pause()) {
            // Log time may step back when a partition changes its leader.
            Instant from = over().map(it -> Draft.later(it, at)).orElse(at);
            next.add(new Spell(from, place, Optional.empty()));
        } else {
            Spell last = next.remove(next.size() - 1);
            End end = new End(Draft.later(last.from(), at), place);
            next.add(new Spell(last.from(), last.asked(), Optional.of(end)));
        }
        return new Pausing(newest(next, SPELLS_KEPT), request.actor(), request.note(), kept);
    }

    private static <T> List<T> newest(List<T> all, int count) {
        return all.subList(Math.max(0, all.size() - count), all.size());
    }
}
