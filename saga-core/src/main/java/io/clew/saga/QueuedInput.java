package io.clew.saga;

import java.util.Optional;

/**
 * An input kept with its saga: not readable yet, behind one that is not, or one the machine threw
 * on.
 *
 * @param saga whose it is
 * @param raw the record, unchanged, under its own position and time
 * @param waitsFor why it is kept, in words for people
 * @param fault what the machine threw; only an operator's retry hands such an input in again
 */
public record QueuedInput(SagaId saga, RawInput raw, String waitsFor, Optional<String> fault) {
    /** What an input waits for that failed. */
    public static final String OPERATOR = "an operator's retry";
}
