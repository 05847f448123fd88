package io.clew.saga;

/** Something the world must do or be told, in the same commit as the changes. */
public sealed interface Effect {
    record SendCommand(Command command) implements Effect {}

    record PublishTransition(Transition transition) implements Effect {}

    /** The last snapshot of an ended saga. */
    record Archive(SagaInstance instance) implements Effect {}

    /** An input no saga can take, with its cause. */
    record DeadLetter(RawInput raw, String code, String reason) implements Effect {}
}
