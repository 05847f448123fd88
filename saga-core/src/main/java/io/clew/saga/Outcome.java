package io.clew.saga;

import java.util.Optional;

/** What a participant's reply says. */
public sealed interface Outcome {
    /** Done; with the step's result if it has one. */
    record Succeeded(Optional<Bytes> result) implements Outcome {}

    /** A business refusal: nothing was done and nothing will be. */
    record Failed(String code, String reason) implements Outcome {}

    /** Technical trouble: try again. */
    record Erred(String code, String reason) implements Outcome {}

    /** Still working: the timeout starts anew. */
    record Progress() implements Outcome {}
}
