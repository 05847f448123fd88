package io.clew.saga.testkit;

import io.clew.saga.Command;
import io.clew.saga.SagaInput;

/** One thing that may happen next in a small world. */
sealed interface Move {
    /** Whether it happens sooner or later if nothing else does: no fault, no operator. */
    default boolean isProgress() {
        return switch (this) {
            case Append append -> !append.again();
            case Offer ignored -> false;
            case Handle handle -> handle.answer() == Answer.AS_ASKED;
            case Lose ignored -> false;
            case Take ignored -> true;
            case TakeInVain ignored -> false;
            case Die ignored -> true;
            case Fire fire -> fire.idle();
            case Wake ignored -> true;
            case Pause ignored -> false;
            case Resume ignored -> true;
        };
    }

    /** What a participant makes of a command that it sees for the first time. */
    enum Answer {
        AS_ASKED,
        REFUSED,
        ERROR
    }

    /**
     * An input that is on its way reaches the inbox.
     *
     * @param again whether it comes another time
     */
    record Append(SagaInput input, boolean again) implements Move {}

    /** Something comes that may as well never have come. */
    record Offer(SagaInput input) implements Move {}

    /** A participant takes a command, and answers. */
    record Handle(Command command, Answer answer) implements Move {}

    /** A command or a reply is lost. */
    record Lose(Object message) implements Move {}

    /** The owner takes the next record of the inbox and commits. */
    record Take() implements Move {}

    /**
     * An owner whose transaction will never commit takes the next record.
     *
     * @param sends how many of the commands that follow from it it sends before it dies; all, and
     *     it lives on, if negative
     */
    record TakeInVain(int sends) implements Move {}

    /**
     * That owner dies, and another one starts from what was committed.
     *
     * @param setBack whether it takes the last record before its place once more
     */
    record Die(boolean setBack) implements Move {}

    /**
     * Time passes until the first timer is due, and it is written to the inbox.
     *
     * @param idle whether nothing else was left to happen
     */
    record Fire(SimulatedStore.TimerRow row, boolean idle) implements Move {}

    /** A saga whose pause is over is asked to go on. */
    record Wake() implements Move {}

    record Pause() implements Move {}

    record Resume() implements Move {}
}
