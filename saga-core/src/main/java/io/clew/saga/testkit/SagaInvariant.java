package io.clew.saga.testkit;

import java.util.Optional;

/** Something that must hold of every saga once it has ended. */
@FunctionalInterface
public interface SagaInvariant {
    /** What is wrong, if something is. */
    Optional<String> broken(SagaEnd end);
}
