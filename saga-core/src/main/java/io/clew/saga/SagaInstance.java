package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One life of a saga: the fold of its transitions.
 *
 * @param id saga id
 * @param run timestamp of its start record, epoch milliseconds
 * @param definition what it follows
 * @param logicVersion which rules of the machine it follows
 * @param event the trigger as it stood on its topic
 * @param index attributes to find it by
 * @param deadline forward work ends by then
 * @param tokenKey id of the key its command tokens are made with
 * @param traceparent trace context of its trigger
 * @param childOf how it stands to its parent, if it is a step of another saga
 * @param revision number of applied inputs, from 1
 * @param position the furthest input applied
 * @param time log time of the last input applied
 * @param state where it stands
 * @param steps action executions in the order they were decided
 * @param turns of choices and loops, in the order they were taken
 * @param outstanding commands whose outcome it waits for, in the order they were decided
 * @param waits awaits and delays that have begun, in their order
 * @param arrivals what has arrived for its awaits
 * @param incidents what an operator should look at, one per step at most
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
        Optional<ChildOf> childOf,
        long revision,
        Position position,
        Instant time,
        SagaState state,
        List<StepRecord> steps,
        List<Turn> turns,
        List<Outstanding> outstanding,
        List<Waiting> waits,
        Arrivals arrivals,
        List<Incident> incidents,
        Optional<Instant> pausedAt,
        Optional<Instant> timer,
        Optional<Instant> endedAt,
        List<Operation> operations) {
    public SagaInstance {
        steps = List.copyOf(steps);
        turns = List.copyOf(turns);
        outstanding = List.copyOf(outstanding);
        waits = List.copyOf(waits);
        incidents = List.copyOf(incidents);
        operations = List.copyOf(operations);
    }

    /** How many interventions are remembered. */
    public static final int OPERATIONS_KEPT = 32;

    public Phase phase() {
        return switch (state) {
            case SagaState.Completed ignored -> Phase.COMPLETED;
            case SagaState.Compensated ignored -> Phase.COMPENSATED;
            case SagaState.Abandoned ignored -> Phase.ABANDONED;
            case SagaState.Running ignored -> active(Phase.RUNNING);
            case SagaState.Provisional ignored -> active(Phase.RUNNING);
            case SagaState.Compensating ignored -> active(Phase.COMPENSATING);
        };
    }

    private Phase active(Phase moving) {
        boolean fault = incident(Incident.Code.INPUT_FAULT).isPresent();
        if (!fault && pausedAt.isPresent()) {
            return Phase.PAUSED;
        }
        return isHeld() ? Phase.HELD : moving;
    }

    /** Whether an incident keeps some of it from going on. */
    public boolean isHeld() {
        for (Incident incident : incidents) {
            if (incident.code().holds()) {
                return true;
            }
        }
        return false;
    }

    /** The incident that says most: one that holds it, before those it goes on with. */
    public Optional<Incident> incident() {
        for (Incident incident : incidents) {
            if (incident.code().holds()) {
                return Optional.of(incident);
            }
        }
        return incidents.isEmpty() ? Optional.empty() : Optional.of(incidents.get(0));
    }

    /** Whether a compensation was refused, and nothing has become of that yet. */
    boolean owesByHand() {
        return incident(Incident.Code.COMPENSATION_REFUSED).isPresent();
    }

    Optional<Incident> incident(Incident.Code code) {
        for (Incident incident : incidents) {
            if (incident.code() == code) {
                return Optional.of(incident);
            }
        }
        return Optional.empty();
    }

    /** An intervention that was answered before, as far as it is remembered. */
    public Optional<Operation> operation(String operationId) {
        return operations.stream().filter(it -> it.id().equals(operationId)).findFirst();
    }

    /**
     * The commands it stands at, by their ids without the attempt: the outstanding ones, and the
     * refused ones that hold it.
     */
    public List<String> currentCommands() {
        List<String> commands = new ArrayList<>();
        for (Outstanding command : outstanding) {
            commands.add(Command.identity(id, run, command.execution()));
        }
        for (Incident incident : incidents) {
            refused(incident).ifPresent(it -> commands.add(Command.identity(id, run, it)));
        }
        return commands;
    }

    /** The execution whose refusal the incident is about. */
    Optional<Execution> refused(Incident incident) {
        return switch (incident.code()) {
            // A loop that has too many items leaves no record.
            case REFUSED_PAST_POINT_OF_NO_RETURN ->
                    Optional.of(
                            Execution.action(
                                    incident.step(),
                                    live(incident.step()).map(StepRecord::execution).orElse(1)));
            case COMPENSATION_REFUSED ->
                    beingCompensated(incident.step())
                            .map(
                                    it ->
                                            Execution.compensation(
                                                    it.path(), it.compensations(), it.execution()));
            case COMPENSATION_SPENT, NO_OUTCOME, INPUT_FAULT, HELD_BY_OPERATOR -> Optional.empty();
        };
    }

    /** The newest record of this path whose compensation is decided and not done. */
    Optional<StepRecord> beingCompensated(String path) {
        return steps.stream()
                .filter(step -> step.status() == StepRecord.Status.COMPENSATING)
                .filter(step -> step.path().equals(path))
                .reduce((first, second) -> second);
    }

    /** When its run began, in log time. */
    public Instant startedAt() {
        return Instant.ofEpochMilli(run);
    }

    /** The outstanding command of this execution. */
    public Optional<Outstanding> outstanding(Execution execution) {
        for (Outstanding command : outstanding) {
            if (command.execution().equals(execution)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** Whether all is done, and it only waits for its parent's end. */
    public boolean isProvisional() {
        return state instanceof SagaState.Provisional;
    }

    /** What it has come to, once all is done, if its definition says so. */
    public Optional<Bytes> result() {
        return switch (state) {
            case SagaState.Provisional done -> done.result();
            case SagaState.Completed done -> done.result();
            case SagaState.Running ignored -> Optional.empty();
            case SagaState.Compensating ignored -> Optional.empty();
            case SagaState.Compensated ignored -> Optional.empty();
            case SagaState.Abandoned ignored -> Optional.empty();
        };
    }

    /** Why it compensates or did, or is going to. */
    public Optional<Failure> failure() {
        return switch (state) {
            case SagaState.Running running -> running.stop().map(SagaState.Stop::cause);
            case SagaState.Compensating compensating -> Optional.of(compensating.cause());
            case SagaState.Provisional ignored -> Optional.empty();
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

    /** The newest record of this path, unless the saga was taken back to before it. */
    public Optional<StepRecord> live(String path) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepRecord step = steps.get(i);
            if (step.path().equals(path)) {
                return step.undone() ? Optional.empty() : Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /** The turn that was taken at a choice or a loop. */
    Optional<Turn> turn(String path) {
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i).path().equals(path)) {
                return Optional.of(turns.get(i));
            }
        }
        return Optional.empty();
    }

    /** How often this path was executed. */
    int executions(String path) {
        int count = 0;
        for (StepRecord step : steps) {
            if (step.path().equals(path)) {
                count++;
            }
        }
        return count;
    }

    /** How often it was executed since the saga was last taken back to before it. */
    int tries(String path) {
        int count = 0;
        for (StepRecord step : steps) {
            if (!step.undone() && step.path().equals(path)) {
                count++;
            }
        }
        return count;
    }

    /** How many compensations were decided for this path. */
    int compensations(String path) {
        int most = 0;
        for (StepRecord step : steps) {
            if (step.path().equals(path)) {
                most = Math.max(most, step.compensations());
            }
        }
        return most;
    }

    /** Results known so far, by step path. */
    public Map<String, Bytes> outputs() {
        Map<String, Bytes> outputs = new HashMap<>();
        for (StepRecord step : steps) {
            if (!step.undone()) {
                step.output().ifPresent(output -> outputs.put(step.path(), output));
            }
        }
        return outputs;
    }

    /** The commands that are on their topics, as they went out at their current attempts. */
    public List<Command> sentCommands() {
        return outstanding.stream()
                .filter(command -> command.attempt() > 0)
                .map(command -> commandOf(command, command.attempt()))
                .toList();
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
