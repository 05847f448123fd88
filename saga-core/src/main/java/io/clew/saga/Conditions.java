package io.clew.saga;

/**
 * What a decision meets beside its saga: none of it changes what is decided, only whether what is
 * frozen goes out now.
 *
 * @param topics what can be sent at all
 * @param pauses what is paused as a whole
 */
public record Conditions(Sendability topics, Pauses pauses) {
    public static final Conditions CLEAR = new Conditions(Sendability.ALWAYS, Pauses.NONE);

    /** Whether a command in a saga of this definition can be sent now. */
    boolean allow(DefinitionRef definition, FrozenCommand command) {
        return topics.parkReason(command.topic()).isEmpty()
                && pauses.holding(definition.name(), command.participant()).isEmpty();
    }
}
