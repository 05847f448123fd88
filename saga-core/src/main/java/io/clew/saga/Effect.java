package io.clew.saga;

import java.util.Optional;

/** Something the world must do or be told, in the same commit as the changes. */
public sealed interface Effect {
    record SendCommand(Command command) implements Effect {}

    record PublishTransition(Transition transition) implements Effect {}

    /** The last snapshot of an ended saga. */
    record Archive(SagaInstance instance) implements Effect {}

    /**
     * An intervention was carried out, or not, that no transition tells of: there is no instance
     * that it could be about.
     */
    record Answered(SagaId saga, Position cause, Optional<Rejection> rejection) implements Effect {}

    /** Something that has arrived was never taken. */
    record Unclaimed(SagaId saga, Arrival arrival, String reason) implements Effect {}

    /**
     * A child answers its parent.
     *
     * @param parent which step is answered
     */
    record AnswerParent(Parent parent, SagaInput.Reply reply) implements Effect {}

    /**
     * A parent has ended, and tells a child so.
     *
     * @param parent the step that started it
     */
    record TellChild(SagaId child, Parent parent) implements Effect {}

    /** An input no saga can take, with its cause. */
    record DeadLetter(RawInput raw, String code, String reason) implements Effect {}
}
