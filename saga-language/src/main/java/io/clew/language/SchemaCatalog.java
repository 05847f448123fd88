package io.clew.language;

import java.util.Optional;

/** Where a definition finds the schemas it is checked against and then pinned to. */
@FunctionalInterface
public interface SchemaCatalog {
    /**
     * The latest schema of a subject, empty if there definitely is none. What it throws when it
     * cannot know is passed on by the compiler.
     */
    Optional<PinnedSchema> latest(String subject);
}
