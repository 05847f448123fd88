package io.clew.saga;

import java.util.Optional;

/** What an operator can ask of one saga. */
public sealed interface InterventionRequest {

    /** The word for it in the API and on timelines. */
    default String word() {
        return switch (this) {
            case Retry ignored -> "retry";
            case Skip ignored -> "skip";
            case Cancel ignored -> "cancel";
            case Hold ignored -> "hold";
            case Rewind ignored -> "rewind";
            case Abandon ignored -> "abandon";
            case Pause ignored -> "pause";
            case Resume ignored -> "resume";
            case Migrate ignored -> "migrate";
        };
    }

    /** Send what is stuck again, or hand the kept input to the machine again. */
    record Retry() implements InterventionRequest {}

    /**
     * Take the stuck command as done: a compensation completed by hand, or a step past the point of
     * no return.
     *
     * @param result the result to go on with, framed like a reply's value
     */
    record Skip(Optional<Bytes> result) implements InterventionRequest {}

    /** Stop forward work and compensate. */
    record Cancel() implements InterventionRequest {}

    /** Stop forward work and stand still. */
    record Hold() implements InterventionRequest {}

    /**
     * Take back what was done since a step or a savepoint, and go forward from there again.
     *
     * @param to its name
     */
    record Rewind(String to) implements InterventionRequest {}

    /** End the saga as it is; nothing more is sent. */
    record Abandon() implements InterventionRequest {}

    /** Apply inputs but send nothing. */
    record Pause() implements InterventionRequest {}

    record Resume() implements InterventionRequest {}

    /**
     * Go on by another version of the definition.
     *
     * @param to that version, its content hash included
     */
    record Migrate(DefinitionRef to) implements InterventionRequest {}
}
