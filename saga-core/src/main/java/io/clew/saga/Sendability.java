package io.clew.saga;

import java.util.Optional;

/**
 * What the world allows to be sent now. It may only delay the sending of frozen commands, never
 * change what is decided.
 */
@FunctionalInterface
public interface Sendability {
    Sendability ALWAYS = topic -> Optional.empty();

    /** Why nothing can be sent to this topic now; empty if it can. */
    Optional<String> parkReason(String topic);
}
