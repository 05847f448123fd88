package io.clew.coordinator.engine;

import io.clew.saga.Phase;

/** What sagas can be found by without looking at each. */
public sealed interface IndexQuery {
    record ByPhase(Phase phase, String definition) implements IndexQuery {}

    record ByAttribute(String definition, String name, String value) implements IndexQuery {}

    record WithIncident(String definition) implements IndexQuery {}

    /** What the keys of all that it finds begin with. */
    default byte[] prefix() {
        return switch (this) {
            case ByPhase by -> IndexKeys.byPhase(by.phase(), by.definition());
            case ByAttribute by -> IndexKeys.byAttribute(by.definition(), by.name(), by.value());
            case WithIncident with -> IndexKeys.byIncident(with.definition());
        };
    }
}
