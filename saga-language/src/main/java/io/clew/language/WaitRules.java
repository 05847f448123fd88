package io.clew.language;

import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.DelayForm;
import io.clew.language.NodeForm.SavepointForm;
import io.clew.language.NodeForm.UntilForm;
import io.clew.saga.FailurePolicy;
import java.time.Duration;

/** What awaits, delays and savepoints may be on either side of the point of no return. */
final class WaitRules {

    private final Faults faults;
    private final Duration deadline;

    WaitRules(Faults faults, Duration deadline) {
        this.faults = faults;
        this.deadline = deadline;
    }

    void check(AwaitForm await, Passed passed) {
        if (passed.pointOfNoReturn()) {
            checkPast(await, passed);
        } else {
            await.timeout().ifPresent(it -> checkWithinDeadline(it, "timeout"));
        }
    }

    private void checkPast(AwaitForm await, Passed passed) {
        String name = await.name().value();
        if (await.undo().isPresent()) {
            error(
                    await.name(),
                    "Expected no compensation of " + name + " but it " + passed.how(),
                    "Leave it out: past the point of no return nothing is taken back");
        }
        await.onFailure().values().stream()
                .filter(it -> !(it.value() instanceof FailurePolicy.Continue))
                .forEach(
                        it ->
                                error(
                                        it,
                                        "Expected 'continue' when "
                                                + name
                                                + " times out, since it "
                                                + passed.how(),
                                        "Write 'continue', or leave onFailure out: then it raises"
                                                + " an incident"));
        if (await.timeout().isEmpty()) {
            faults.warning(
                    await.name().place(),
                    await.name().path(),
                    "Expected a timeout of "
                            + name
                            + ", since past the point of no return no deadline ends its wait",
                    "Add 'timeout: …'");
        }
    }

    void check(DelayForm delay, Passed passed) {
        if (!passed.pointOfNoReturn()
                && delay.until().isPresent()
                && delay.until().get() instanceof UntilForm.AfterForm after) {
            checkWithinDeadline(after.time(), "delay");
        }
    }

    void check(SavepointForm savepoint, Passed passed) {
        String name = savepoint.name().value();
        if (savepoint.spot().isIn(Spot.Block.PARALLEL)) {
            error(
                    savepoint.name(),
                    "Expected no savepoint in a parallel branch but " + name + " is in one",
                    "Move it before the parallel block");
        } else if (savepoint.spot().isIn(Spot.Block.LOOP)) {
            error(
                    savepoint.name(),
                    "Expected no savepoint in a loop but " + name + " is in one",
                    "Move it before the loop");
        } else if (passed.pointOfNoReturn()) {
            error(
                    savepoint.name(),
                    "Expected savepoint "
                            + name
                            + " before the point of no return but it "
                            + passed.how(),
                    "Move it up, or leave it out: nothing is taken back from here");
        }
    }

    private void checkWithinDeadline(Located<Duration> time, String word) {
        if (time.value().compareTo(deadline) > 0) {
            error(
                    time,
                    "Expected a "
                            + word
                            + " within the saga's deadline of "
                            + Durations.words(deadline)
                            + " but got "
                            + Durations.words(time.value()),
                    "Shorten it, or raise the deadline");
        }
    }

    private void error(Located<?> at, String message, String remedy) {
        faults.error(at.place(), at.path(), message, remedy);
    }
}
