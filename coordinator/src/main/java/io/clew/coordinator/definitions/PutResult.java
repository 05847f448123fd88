package io.clew.coordinator.definitions;

import io.clew.language.Fault;
import java.util.List;

/** What became of a definition that was put. */
public sealed interface PutResult {

    /** It is applied now. */
    record Created(AppliedDefinition definition, List<Fault> warnings) implements PutResult {}

    /** It was applied before, with this very content. */
    record Unchanged(AppliedDefinition definition) implements PutResult {}

    /** This version has other content, for ever. */
    record Conflict(String name, int version, String sha256) implements PutResult {}

    /** It cannot run, for each of these reasons. */
    record Refused(List<Fault> faults) implements PutResult {}

    /** Broker or registry do not answer; the same call may work later. */
    record Unavailable(String reason) implements PutResult {}
}
