package io.clew.coordinator.engine;

import java.util.Optional;

/** The way through a partition's rows that a list of sagas takes. */
public sealed interface Walk {

    /** The word for it: places of one way mean nothing on another. */
    default String word() {
        return switch (this) {
            case All ignored -> "all";
            case WithIncident ignored -> "incident";
        };
    }

    /** Over all instances. */
    record All(Optional<String> definition) implements Walk {}

    /** Over all that have an incident, in their instance or beside it. */
    record WithIncident(Optional<String> definition) implements Walk {}
}
