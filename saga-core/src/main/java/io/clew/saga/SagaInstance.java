package io.clew.saga;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One life of a saga: the fold of its transitions.
 *
 * @param id saga id
 * @param run timestamp of its start record, epoch milliseconds
 * @param definition what it follows for life
 * @param logicVersion which rules of the machine it follows
 * @param event the trigger as it stood on its topic
 * @param index attributes to find it by
 * @param deadline forward work ends by then
 * @param tokenKey id of the key its command tokens are made with
 * @param traceparent trace context of its trigger
 * @param revision number of applied inputs, from 1
 * @param position the furthest input applied
 * @param time log time of the last input applied
 * @param state where it stands
 * @param steps action executions in the order they were decided
 * @param incident what an operator should look at
 * @param pausedAt since when it sends nothing, if it is paused
 * @param timer its one live timer
 * @param endedAt when it ended
 * @param operations the last interventions, oldest first
 */
public record SagaInstance(
        SagaId id,
        long run,
        DefinitionRef definition,
        int logicVersion,
        Bytes event,
        Map<String, String> index,
        Instant deadline,
        Optional<String> tokenKey,
        Optional<String> traceparent,
        long revision,
        Position position,
        Instant time,
        SagaState state,
        List<StepRecord> steps,
        Optional<Incident> incident,
        Optional<Instant> pausedAt,
        Optional<Instant> timer,
        Optional<Instant> endedAt,
        List<Operation> operations) {
    public SagaInstance {
        steps = List.copyOf(steps);
        operations = List.copyOf(operations);
    }

    /** How many interventions are remembered. */
    public static final int OPERATIONS_KEPT = 32;

    public Phase phase() {
        if (incident.isPresent() && incident.get().code() == Incident.Code.INPUT_FAULT) {
            return Phase.HELD;
        }
        return switch (state) {
            case SagaState.Completed ignored -> Phase.COMPLETED;
            case SagaState.Compensated ignored -> Phase.COMPENSATED;
            case SagaState.Abandoned ignored -> Phase.ABANDONED;
            case SagaState.Held ignored -> pausedAt.isPresent() ? Phase.PAUSED : Phase.HELD;
            case SagaState.Running ignored -> pausedAt.isPresent() ? Phase.PAUSED : Phase.RUNNING;
            case SagaState.Compensating ignored ->
                    pausedAt.isPresent() ? Phase.PAUSED : Phase.COMPENSATING;
        };
    }

    /** An intervention that was answered before, as far as it is remembered. */
    public Optional<Operation> operation(String operationId) {
        return operations.stream().filter(it -> it.id().equals(operationId)).findFirst();
    }

    /**
     * The command it stands at, by its id without the attempt: the outstanding one, or the refused
     * one that holds it.
     */
    public Optional<String> currentCommand() {
        return outstanding()
                .map(Outstanding::execution)
                .or(this::refusedExecution)
                .map(it -> Command.identity(id, run, it));
    }

    private Optional<Execution> refusedExecution() {
        if (!(state instanceof SagaState.Held held) || steps.isEmpty()) {
            return Optional.empty();
        }
        return switch (held.resumeTo()) {
            case SagaState.Running ignored -> {
                StepRecord last = steps.get(steps.size() - 1);
                yield Optional.of(Execution.action(last.path(), last.execution()));
            }
            case SagaState.Compensating ignored ->
                    steps.stream()
                            .filter(step -> step.status() == StepRecord.Status.COMPENSATING)
                            .reduce((first, second) -> second)
                            .map(
                                    step ->
                                            Execution.compensation(
                                                    step.path(),
                                                    step.compensations(),
                                                    step.execution()));
        };
    }

    /** When its run began, in log time. */
    public Instant startedAt() {
        return Instant.ofEpochMilli(run);
    }

    public Optional<Outstanding> outstanding() {
        return switch (state) {
            case SagaState.Active active -> active.outstanding();
            case SagaState.Held held -> held.resumeTo().outstanding();
            case SagaState.Ended ignored -> Optional.empty();
        };
    }

    /** Why it compensates or did, if it does. */
    public Optional<Failure> failure() {
        return switch (state) {
            case SagaState.Running running -> running.stop();
            case SagaState.Compensating compensating -> Optional.of(compensating.cause());
            case SagaState.Held held ->
                    switch (held.resumeTo()) {
                        case SagaState.Running running -> running.stop();
                        case SagaState.Compensating back -> Optional.of(back.cause());
                    };
            case SagaState.Completed ignored -> Optional.empty();
            case SagaState.Compensated compensated -> Optional.of(compensated.cause());
            case SagaState.Abandoned abandoned -> Optional.of(abandoned.cause());
        };
    }

    /** The newest record of this action execution. */
    public Optional<StepRecord> record(String path, int execution) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepRecord step = steps.get(i);
            if (step.execution() == execution && step.path().equals(path)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /** Results known so far, by step. */
    public Map<String, Bytes> outputs() {
        Map<String, Bytes> outputs = new HashMap<>();
        for (StepRecord step : steps) {
            step.output().ifPresent(output -> outputs.put(step.path(), output));
        }
        return outputs;
    }

    /** The command as it goes out at its current attempt, if it is on its topic. */
    public Optional<Command> sentCommand() {
        return outstanding()
                .filter(command -> command.attempt() > 0)
                .map(command -> commandOf(command, command.attempt()));
    }

    Command commandOf(Outstanding outstanding, int attempt) {
        return new Command(
                id,
                run,
                definition.name(),
                outstanding.execution(),
                attempt,
                outstanding.command(),
                position.partition(),
                tokenKey,
                traceparent);
    }
}
