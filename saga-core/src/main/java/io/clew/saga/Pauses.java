package io.clew.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is paused as a whole, and was. Each partition has its own: a pause holds from its place in
 * the partition's order on, so that a replay sees it where the first run did.
 *
 * @param subjects all that was ever paused
 */
public record Pauses(SortedMap<PauseSubject, Pausing> subjects) {
    /** How many subjects are kept; those whose pause was over first are forgotten. */
    private static final int SUBJECTS_KEPT = 500;

    public static final Pauses NONE = new Pauses(Collections.emptySortedMap());

    public Pauses {
        subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
    }

    /** What holds this command in a saga of this definition. */
    public Optional<PauseSubject> holding(String definition, FrozenCommand command) {
        return subjects.isEmpty()
                ? Optional.empty()
                : about(definition, command).stream().filter(this::lasts).findFirst();
    }

    private static List<PauseSubject> about(String definition, FrozenCommand command) {
        return List.of(
                PauseSubject.definition(definition),
                PauseSubject.participant(command.participant()),
                PauseSubject.topic(command.topic()));
    }

    /** Whether this subject is paused now. */
    public boolean lasts(PauseSubject subject) {
        return pausing(subject).open().isPresent();
    }

    Pausing pausing(PauseSubject subject) {
        return subjects.getOrDefault(subject, Pausing.NEVER);
    }

    /** For how long waits for this command stood still between two instants. */
    Duration stoodStill(String definition, FrozenCommand command, Instant from, Instant to) {
        if (subjects.isEmpty()) {
            return Duration.ZERO;
        }
        List<Pausing.Spell> spells = new ArrayList<>();
        about(definition, command).forEach(it -> spells.addAll(pausing(it).spells()));
        spells.sort(Comparator.comparing(Pausing.Spell::from));
        Duration total = Duration.ZERO;
        Instant counted = from;
        for (Pausing.Spell spell : spells) {
            Instant begin = Draft.later(spell.from(), counted);
            Instant end = spell.until().filter(it -> it.isBefore(to)).orElse(to);
            if (begin.isBefore(end)) {
                total = total.plus(Duration.between(begin, end));
                counted = end;
            }
        }
        return total;
    }

    boolean knows(PauseRequest request) {
        return pausing(request.subject()).knows(request.operationId());
    }

    /**
     * As they were at a place in the partition's order: an input that was kept meanwhile is decided
     * as if it had not been.
     */
    public Pauses asOf(Position place) {
        boolean known =
                subjects.isEmpty() || subjects.values().stream().allMatch(it -> it.knownBy(place));
        if (known) {
            return this;
        }
        TreeMap<PauseSubject, Pausing> then = new TreeMap<>();
        subjects.forEach((subject, pausing) -> then.put(subject, pausing.asOf(place)));
        return new Pauses(then);
    }

    Pauses after(PauseRequest request, Position place, Instant at) {
        TreeMap<PauseSubject, Pausing> next = new TreeMap<>(subjects);
        next.put(request.subject(), pausing(request.subject()).after(request, place, at));
        while (next.size() > SUBJECTS_KEPT) {
            Optional<PauseSubject> oldest =
                    next.entrySet().stream()
                            .filter(it -> it.getValue().over().isPresent())
                            .min(Comparator.comparing(it -> it.getValue().over().orElseThrow()))
                            .map(Map.Entry::getKey);
            if (oldest.isEmpty()) {
                break;
            }
            next.remove(oldest.get());
        }
        return new Pauses(next);
    }
}
