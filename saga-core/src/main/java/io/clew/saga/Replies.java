package io.clew.saga;

import java.util.Optional;

/** What a reply does: only to the execution it names, and only while that is open. */
final class Replies {
    private Replies() {}

    static Optional<Rejection> take(Draft draft, SagaInstance saga, SagaInput.Reply reply) {
        if (reply.run() != saga.run()) {
            return Optional.of(Rejection.OTHER_RUN);
        }
        if (saga.phase().ended()) {
            return Optional.of(Rejection.SAGA_ENDED);
        }
        for (Outstanding command : saga.outstanding()) {
            if (command.execution().is(reply.path(), reply.direction(), reply.execution())) {
                return settle(draft, command, reply);
            }
        }
        return late(draft, saga, reply);
    }

    private static Optional<Rejection> settle(
            Draft draft, Outstanding command, SagaInput.Reply reply) {
        Execution execution = command.execution();
        boolean action = execution.direction() == Direction.ACTION;
        switch (reply.outcome()) {
            case Outcome.Succeeded done -> {
                Optional<String> problem = problem(draft, execution, done);
                if (problem.isPresent()) {
                    return erred(draft, command, reply, badResult(problem.get()));
                }
                if (action) {
                    Forward.succeeded(draft, execution, done.result());
                } else {
                    Backward.succeeded(draft, execution, false);
                }
                return Optional.empty();
            }
            case Outcome.Failed refusal -> {
                if (action) {
                    Forward.refused(draft, execution, refusal);
                } else {
                    Backward.refused(draft, execution, refusal);
                }
                return Optional.empty();
            }
            case Outcome.Erred error -> {
                return erred(draft, command, reply, error);
            }
            case Outcome.Progress ignored -> {
                return progress(draft, command, reply);
            }
        }
    }

    private static Optional<String> problem(
            Draft draft, Execution execution, Outcome.Succeeded done) {
        return switch (execution.direction()) {
            case ACTION ->
                    draft.definition
                            .step(execution.path())
                            .action()
                            .result()
                            .problem(done.result());
            case COMPENSATION -> Optional.empty();
        };
    }

    /** A success nobody can read is no outcome: the participant is asked again. */
    private static Outcome.Erred badResult(String problem) {
        return new Outcome.Erred("BAD_RESULT", problem);
    }

    private static Optional<Rejection> erred(
            Draft draft, Outstanding command, SagaInput.Reply reply, Outcome.Erred error) {
        Optional<Delivery.Sent> sent = waitedFor(draft, command, reply);
        if (sent.isEmpty()) {
            return Optional.of(Rejection.OTHER_ATTEMPT);
        }
        if (command.execution().direction() == Direction.ACTION) {
            Forward.erred(draft, command, sent.get(), error);
        } else {
            Backward.erred(draft, command, sent.get(), error);
        }
        return Optional.empty();
    }

    private static Optional<Rejection> progress(
            Draft draft, Outstanding command, SagaInput.Reply reply) {
        Optional<Delivery.Sent> sent = waitedFor(draft, command, reply);
        if (sent.isEmpty()) {
            return Optional.of(Rejection.OTHER_ATTEMPT);
        }
        Waits waits = Waits.of(draft.definition, draft.saga(), command);
        draft.emit(
                new SagaEvent.ProgressReported(
                        command.execution(), waits.progressed(sent.get(), draft.now)));
        return Optional.empty();
    }

    /** The sending this reply answers, its waits put off by the pauses there were. */
    private static Optional<Delivery.Sent> waitedFor(
            Draft draft, Outstanding command, SagaInput.Reply reply) {
        Delivery delivery =
                command.delivery() instanceof Delivery.Paused paused
                                && paused.resumeTo().isPresent()
                        ? paused.resumeTo().get()
                        : command.delivery();
        return reply.attempt() == command.attempt() && delivery instanceof Delivery.Sent sent
                ? Optional.of(sent.later(draft.stoodStill(command, draft.now)))
                : Optional.empty();
    }

    /** A word about a step that was given up; it never resumes forward work. */
    private static Optional<Rejection> late(Draft draft, SagaInstance saga, SagaInput.Reply reply) {
        Optional<StepRecord> given =
                reply.direction() == Direction.ACTION
                        ? saga.record(reply.path(), reply.execution()).filter(Replies::inDoubt)
                        : Optional.empty();
        if (given.isEmpty()) {
            return Optional.of(Rejection.NOT_OUTSTANDING);
        }
        switch (reply.outcome()) {
            case Outcome.Succeeded done -> {
                Execution action = Execution.action(reply.path(), reply.execution());
                // It was done, though nobody can read what came of it.
                Optional<Bytes> result =
                        problem(draft, action, done).isEmpty() ? done.result() : Optional.empty();
                draft.emit(new SagaEvent.LateSuccess(reply.path(), reply.execution(), result));
                return Optional.empty();
            }
            case Outcome.Failed refusal -> {
                // Once its compensation is decided it is frozen, and goes on.
                if (given.get().status() != StepRecord.Status.IN_DOUBT) {
                    return Optional.of(Rejection.NOT_OUTSTANDING);
                }
                Failure failure = new Failure(refusal.code(), refusal.reason(), reply.path());
                draft.emit(new SagaEvent.LateRefusal(reply.path(), reply.execution(), failure));
                return Optional.empty();
            }
            case Outcome.Erred ignored -> {
                return Optional.of(Rejection.NOT_OUTSTANDING);
            }
            case Outcome.Progress ignored -> {
                return Optional.of(Rejection.NOT_OUTSTANDING);
            }
        }
    }

    private static boolean inDoubt(StepRecord record) {
        return switch (record.status()) {
            case IN_DOUBT -> true;
            case COMPENSATING -> record.failure().isPresent() && record.output().isEmpty();
            case OUTSTANDING, SUCCEEDED, REFUSED, SKIPPED, COMPENSATED, PASSED, CANCELLED -> false;
        };
    }
}
