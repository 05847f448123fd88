package io.clew.coordinator.engine;

import io.clew.saga.Phase;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The way through a partition's rows that a list of sagas takes. It finds all that belong on the
 * list; how many others, is what the ways differ in.
 */
public sealed interface Walk {

    /** The word for it: places of one way mean nothing on another. */
    default String word() {
        return switch (this) {
            case All ignored -> "all";
            case OfKey ignored -> "key";
            case ByAttribute ignored -> "attribute";
            case ByPhase ignored -> "phase";
            case WithIncident ignored -> "incident";
        };
    }

    /** Over all instances, by saga id. */
    record All(Optional<String> definition) implements Walk {}

    /** To the instances of one business key. */
    record OfKey(Optional<String> definition, String key) implements Walk {}

    /** Over those with this attribute, by definition and start. */
    record ByAttribute(Optional<String> definition, String name, String value, Span started)
            implements Walk {}

    /** Over those in one of these phases, by phase, definition and start; the live ones first. */
    record ByPhase(Optional<String> definition, Set<Phase> phases, Span started) implements Walk {
        public ByPhase {
            phases = Set.copyOf(phases);
        }
    }

    /**
     * Over those that have an incident, in their instance or beside it, by definition and start.
     */
    record WithIncident(Optional<String> definition) implements Walk {}

    /**
     * When they started.
     *
     * @param from then or later
     * @param before earlier than that
     */
    record Span(Instant from, Instant before) {
        private static final Instant FAR = Instant.ofEpochMilli(Long.MAX_VALUE - 1);

        public static final Span ALWAYS = new Span(Instant.EPOCH, FAR);

        public Span {
            from = known(from);
            before = known(before);
        }

        /** What fits a key: no saga has started before or after. */
        private static Instant known(Instant any) {
            Instant late = any.isBefore(Instant.EPOCH) ? Instant.EPOCH : any;
            return late.isAfter(FAR) ? FAR : late;
        }
    }
}
