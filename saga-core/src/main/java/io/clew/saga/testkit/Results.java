package io.clew.saga.testkit;

import io.clew.saga.Bytes;
import io.clew.saga.Direction;
import io.clew.saga.Effect;
import io.clew.saga.Outcome;
import io.clew.saga.Parent;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** S1 for child sagas: one gives one result, however often it says so, and its parent takes it. */
final class Results {
    private static final String PROMISE = "S1 a child gives one result";

    /** By the execution of the parent's step that is answered. */
    private final Map<String, Optional<Bytes>> given = new HashMap<>();

    Results copy() {
        Results copy = new Results();
        copy.given.putAll(given);
        return copy;
    }

    /** A child says that it is done, perhaps in a transaction that never commits. */
    void said(Effect.AnswerParent answer) {
        if (answer.reply().direction() == Direction.ACTION
                && answer.reply().outcome() instanceof Outcome.Succeeded done) {
            give(answer.parent(), done.result());
        }
    }

    /** What is committed is what was said, and what was taken is what was given. */
    void committed(Transition transition, SagaInstance after) {
        for (SagaEvent event : transition.events()) {
            switch (event) {
                case SagaEvent.WorkDone done ->
                        give(after.childOf().orElseThrow().parent(), done.result());
                case SagaEvent.StepSucceeded done -> taken(transition, done);
                case SagaEvent ignored -> {}
            }
        }
    }

    private void give(Parent parent, Optional<Bytes> result) {
        Optional<Bytes> before = given.putIfAbsent(parent.text(), result);
        if (before != null && !before.equals(result)) {
            throw new Violation(
                    PROMISE, parent.saga(), parent + " was given " + before + ", then " + result);
        }
    }

    private void taken(Transition transition, SagaEvent.StepSucceeded step) {
        String execution =
                transition.saga()
                        + ("/" + transition.run())
                        + ("/" + step.path() + "/" + step.execution());
        Optional<Bytes> result = given.get(execution);
        if (result != null && !agree(result, step.output())) {
            throw new Violation(
                    PROMISE,
                    transition.saga(),
                    execution + " was given " + result + " but has " + step.output());
        }
    }

    /** A wire with frames puts something before the text. */
    private static boolean agree(Optional<Bytes> given, Optional<Bytes> taken) {
        return given.isPresent() == taken.isPresent()
                && taken.map(TestSaga::text).orElse("").endsWith(text(given));
    }

    private static String text(Optional<Bytes> given) {
        return given.map(TestSaga::text).orElse("");
    }
}
