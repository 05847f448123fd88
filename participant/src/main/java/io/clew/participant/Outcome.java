package io.clew.participant;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a handler decided. It is stored and answered to every repeat of the command. Technical
 * trouble is no outcome: throw, and the command is answered {@code error}, undone and sent again.
 */
public sealed interface Outcome {

    /** Done; the result, if there is one, goes back to the saga. */
    record Succeeded(@Nullable SpecificRecord result) implements Outcome {}

    /** A business refusal: nothing was done, and the saga compensates or goes another way. */
    record Failed(String code, String reason) implements Outcome {
        public Failed {
            if (code.isBlank()) {
                throw new IllegalArgumentException("Expected a failure code but found none");
            }
        }
    }

    static Outcome succeeded() {
        return new Succeeded(null);
    }

    static Outcome succeeded(SpecificRecord result) {
        return new Succeeded(result);
    }

    static Outcome failed(String code, String reason) {
        return new Failed(code, reason);
    }
}
