package io.clew.saga.testkit;

import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import java.util.List;

/**
 * How one run of a saga has ended, and what its participants have in their books then.
 *
 * @param actions in the order they were decided
 */
public record SagaEnd(SagaId saga, long run, Phase phase, List<Action> actions) {
    public SagaEnd {
        actions = List.copyOf(actions);
    }

    /**
     * One execution of a step's action.
     *
     * @param path of the step, such as {@code reserve[3]}
     * @param execution from 1
     * @param byHand whether an operator skipped it or its compensation
     */
    public record Action(String path, int execution, Standing standing, boolean byHand) {}

    /** What the books show of an action. */
    public enum Standing {
        /** It was never done: refused, or it never arrived. */
        NOT_DONE,
        DONE,
        TAKEN_BACK,
        /** Its compensation came first; it will be refused. */
        FENCED
    }

    /** Whether an execution of this step stands: it was done, and is not taken back. */
    public boolean stands(String path) {
        return actions.stream()
                .anyMatch(it -> it.path().equals(path) && it.standing() == Standing.DONE);
    }

    /** Whether an operator took something as done that perhaps was not, or gave the saga up. */
    public boolean byHand() {
        return phase == Phase.ABANDONED || actions.stream().anyMatch(Action::byHand);
    }

    static Standing standing(List<String> books) {
        return switch (books.isEmpty() ? "" : books.get(books.size() - 1)) {
            case "" -> Standing.NOT_DONE;
            case "action" -> Standing.DONE;
            case "undo" -> Standing.TAKEN_BACK;
            default -> Standing.FENCED;
        };
    }
}
