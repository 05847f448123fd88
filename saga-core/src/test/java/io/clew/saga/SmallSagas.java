package io.clew.saga;

import static io.clew.saga.testkit.TestStep.step;

import io.clew.saga.testkit.Scope;
import io.clew.saga.testkit.Scope.Fault;
import io.clew.saga.testkit.TestSaga;
import io.clew.saga.testkit.TestStep;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sagas small enough to be explored to the end, one for each part of the language. */
final class SmallSagas {
    private static final String TOPIC = "picked.events";

    private SmallSagas() {}

    /** By name, smallest first. */
    static Map<String, Scope> all() {
        Map<String, Scope> all = new LinkedHashMap<>();
        all.put("events", events());
        all.put("other runs", otherRuns());
        all.put("pivot", pivot());
        all.put("savepoint", savepoint());
        all.put("refused compensation", refusedCompensation());
        all.put("delay", delay());
        all.put("pivot beside", pivotBeside());
        all.put("set back", setBack());
        all.put("loop", loop());
        all.put("rewind", rewind());
        all.put("branches", branches());
        all.put("choice", choice());
        all.put("hold", hold());
        all.put("pause", pause());
        all.put("await", await());
        all.put("errors", errors());
        all.put("deadline", deadline());
        return all;
    }

    /** A step, then two side by side; one refusal, timeout, duplicate and crash, and a cancel. */
    static Scope block() {
        return Scope.of(
                        TestSaga.saga("block")
                                .step(compensated("a"))
                                .then(beside(one("b"), one("c")))
                                .build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.TIMEOUT, 1)
                .with(Fault.DUPLICATE, 1)
                .with(Fault.CRASH, 1)
                .losing(1)
                .offering(cancel());
    }

    /** The same, but the first timer that comes due is the deadline. */
    static Scope deadline() {
        return Scope.of(
                        TestSaga.saga("deadline")
                                .deadline(Duration.ofSeconds(10))
                                .then(beside(one("b"), one("c")))
                                .build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.TIMEOUT, 2)
                .offering(cancel());
    }

    /** Branches of different length, so that they do not start in the order they are written. */
    static Scope branches() {
        Sequence two = new Sequence(List.of(compensated("b").build(), compensated("d").build()));
        return Scope.of(
                        TestSaga.saga("branches")
                                .then(beside(two, one("c")))
                                .step(compensated("e"))
                                .build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.CRASH, 1)
                .losing(1)
                .offering(cancel());
    }

    static Scope pivot() {
        return Scope.of(
                        TestSaga.saga("pivot")
                                .step(compensated("a"))
                                .step(step("p", "service", "Do-p").pivot())
                                .step(step("r", "service", "Do-r").retriable())
                                .build())
                .with(Fault.REFUSAL, 1)
                .offering(cancel())
                .offering(asked("rewind", new InterventionRequest.Rewind("a")));
    }

    static Scope pivotBeside() {
        return Scope.of(
                        TestSaga.saga("pivot-beside")
                                .step(compensated("a"))
                                .then(
                                        beside(
                                                Sequence.of(
                                                        step("p", "service", "Do-p")
                                                                .pivot()
                                                                .build()),
                                                Sequence.of(
                                                        step("r", "service", "Do-r")
                                                                .retriable()
                                                                .build())))
                                .build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.CRASH, 1)
                .losing(1)
                .offering(cancel());
    }

    /** Two items at once, then a step. */
    static Scope loop() {
        return Scope.of(
                        TestSaga.saga("loop")
                                .then(new ForEach("forEach", scope -> 2, 2, one("x")))
                                .step(compensated("y"))
                                .build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.CRASH, 1)
                .losing(1)
                .offering(cancel());
    }

    /** Whether the arm is taken hangs on what is known before it is done. */
    static Scope choice() {
        Formula<Boolean> unknown = scope -> !scope.outputs().containsKey("b");
        Choice choice =
                new Choice(
                        "choice",
                        List.of(
                                new Choice.Arm("first", Optional.of(unknown), one("b")),
                                new Choice.Arm("else", Optional.empty(), one("c"))));
        return Scope.of(TestSaga.saga("choice").then(choice).step(compensated("d")).build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.CRASH, 1)
                .with(Fault.TIMEOUT, 1)
                .losing(1)
                .offering(cancel());
    }

    /** Goes on without what is awaited; what comes late is taken back. */
    static Scope await() {
        return Scope.of(TestSaga.saga("await").then(await("w")).step(compensated("y")).build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.TIMEOUT, 1)
                .offering(arrival())
                .offering(arrival())
                .offering(cancel());
    }

    /** Two that wait for the same, and it comes twice. */
    static Scope events() {
        return Scope.of(TestSaga.saga("events").then(await("w")).then(await("v")).build())
                .with(Fault.TIMEOUT, 1)
                .offering(arrival())
                .offering(arrival());
    }

    private static Await await(String name) {
        return new Await(
                name,
                new Channel.Topic(TOPIC),
                "Picked",
                Optional.empty(),
                Optional.of(Duration.ofSeconds(5)),
                compensated(name).build().compensation(),
                Map.of(Failure.TIMED_OUT, new FailurePolicy.Continue()));
    }

    private static SagaInput arrival() {
        return new SagaInput.Arrived(
                new Arrival("e-1", new Channel.Topic(TOPIC), "Picked", Bytes.utf8("picked")));
    }

    static Scope delay() {
        Delay delay = new Delay("d", new Delay.Until.After(Duration.ofSeconds(5)));
        return Scope.of(TestSaga.saga("delay").step(compensated("a")).then(delay).build())
                .with(Fault.TIMEOUT, 1)
                .with(Fault.CRASH, 1)
                .offering(cancel());
    }

    /** Back to the savepoint once, then all the way. */
    static Scope savepoint() {
        TestStep refused =
                compensated("c").onFailure("NO", new FailurePolicy.RollbackTo("here", 1));
        return Scope.of(
                        TestSaga.saga("savepoint")
                                .step(compensated("a"))
                                .then(new Savepoint("here"))
                                .step(compensated("b"))
                                .step(refused)
                                .build())
                .with(Fault.REFUSAL, 2)
                .with(Fault.TIMEOUT, 1)
                .losing(1);
    }

    static Scope rewind() {
        return Scope.of(
                        TestSaga.saga("rewind")
                                .step(compensated("a"))
                                .step(compensated("b"))
                                .step(compensated("c"))
                                .build())
                .with(Fault.CRASH, 1)
                .losing(1)
                .offering(asked("rewind", new InterventionRequest.Rewind("b")))
                .offering(cancel());
    }

    static Scope hold() {
        return Scope.of(TestSaga.saga("hold").step(compensated("a")).step(compensated("b")).build())
                .with(Fault.CRASH, 1)
                .losing(1)
                .offering(asked("hold", new InterventionRequest.Hold()))
                .offering(asked("retry", new InterventionRequest.Retry()))
                .offering(cancel());
    }

    /** Errors until the step is given up, and messages that are lost. */
    static Scope errors() {
        RetryPolicy twice = new RetryPolicy(2, Duration.ofSeconds(1), 1, Duration.ofSeconds(1));
        TestStep patient =
                compensated("b")
                        .retry(twice)
                        .compensationRetry(twice)
                        .giveUpAfter(Duration.ofSeconds(40));
        return Scope.of(TestSaga.saga("errors").step(compensated("a")).step(patient).build())
                .with(Fault.ERROR, 2)
                .with(Fault.REFUSAL, 1)
                .with(Fault.LOSS, 1)
                .with(Fault.TIMEOUT, 1);
    }

    static Scope setBack() {
        return Scope.of(
                        TestSaga.saga("set-back")
                                .step(compensated("a"))
                                .step(compensated("b"))
                                .build())
                .with(Fault.CRASH, 1)
                .with(Fault.SET_BACK, 1)
                .with(Fault.REFUSAL, 1)
                .with(Fault.DUPLICATE, 1);
    }

    static Scope refusedCompensation() {
        return Scope.of(
                        TestSaga.saga("refused-compensation")
                                .step(compensated("a"))
                                .step(compensated("b"))
                                .build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.REFUSED_COMPENSATION, 1)
                .with(Fault.CRASH, 1)
                .offering(cancel());
    }

    /** A success of the same step in a life of the saga that is over. */
    static Scope otherRuns() {
        SagaInput stray =
                new SagaInput.Reply(
                        Instant.parse("2025-12-31T00:00:00Z").toEpochMilli(),
                        "b",
                        Direction.ACTION,
                        1,
                        1,
                        new Outcome.Succeeded(Optional.empty()));
        return Scope.of(
                        TestSaga.saga("other-runs")
                                .step(compensated("a"))
                                .step(compensated("b"))
                                .build())
                .with(Fault.REFUSAL, 1)
                .with(Fault.DUPLICATE, 1)
                .offering(stray);
    }

    /** Its participant is paused, and resumed. */
    static Scope pause() {
        return Scope.of(
                        TestSaga.saga("pause")
                                .step(compensated("a"))
                                .step(compensated("b"))
                                .build())
                .with(Fault.TIMEOUT, 1)
                .pausing(PauseSubject.participant("service"))
                .offering(cancel());
    }

    private static TestStep compensated(String name) {
        return step(name, "service", "Do-" + name).compensation("Undo-" + name);
    }

    private static Sequence one(String name) {
        return Sequence.of(compensated(name).build());
    }

    private static Parallel beside(Sequence one, Sequence other) {
        return new Parallel(
                "parallel",
                List.of(new Parallel.Branch("one", one), new Parallel.Branch("other", other)));
    }

    private static SagaInput cancel() {
        return asked("cancel", new InterventionRequest.Cancel());
    }

    private static SagaInput asked(String operation, InterventionRequest request) {
        return new SagaInput.Intervention(
                operation, Optional.empty(), Optional.empty(), "ann", "", request);
    }
}
