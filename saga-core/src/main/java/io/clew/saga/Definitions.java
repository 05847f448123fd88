package io.clew.saga;

import java.util.Optional;

/** Port: the definitions this owner has seen. */
@FunctionalInterface
public interface Definitions {
    /** The definition of exactly this content; empty if it is not here yet. */
    Optional<SagaDefinition> find(DefinitionRef ref);
}
