package io.clew.saga;

import io.clew.saga.testkit.Altered;
import io.clew.saga.testkit.SimulatedNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Nodes with one deliberate defect each in how they go through the nodes of a definition. */
final class LanguageDefects {
    private LanguageDefects() {}

    /** What was done is taken back in reverse of the order it is written in, not of its start. */
    static SimulatedNode compensatesInWrittenOrder(SimulatedNode.Ports ports) {
        return seeing(
                ports,
                (definition, saga) ->
                        saga.phase() == Phase.COMPENSATING
                                ? new Altered(saga).steps(it -> asWritten(definition, it)).saga()
                                : saga);
    }

    private static List<StepRecord> asWritten(SagaDefinition definition, List<StepRecord> steps) {
        return steps.stream()
                .sorted(Comparator.comparingInt(it -> definition.place(it.path()).order()))
                .toList();
    }

    /** A failure stops nothing: other branches go on. */
    static SimulatedNode forgetsTheStop(SimulatedNode.Ports ports) {
        return seeing(
                ports,
                (definition, saga) ->
                        saga.state() instanceof SagaState.Running
                                ? new Altered(saga)
                                        .state(new SagaState.Running(Optional.empty()))
                                        .saga()
                                : saga);
    }

    /** The next node begins when the first branch is done. */
    static SimulatedNode joinsAtTheFirstBranch(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Decider.MACHINE.decide(joined(definition), saga, in, pauses));
    }

    /** What follows a block becomes the end of its first branch. */
    private static SagaDefinition joined(SagaDefinition definition) {
        List<Node> nodes = definition.root().nodes();
        List<Node> joined = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof Parallel parallel) {
                List<Parallel.Branch> branches = new ArrayList<>(parallel.branches());
                Parallel.Branch first = branches.get(0);
                List<Node> longer = new ArrayList<>(first.steps().nodes());
                longer.addAll(nodes.subList(i + 1, nodes.size()));
                branches.set(0, new Parallel.Branch(first.name(), new Sequence(longer)));
                joined.add(new Parallel(parallel.id(), branches));
                break;
            }
            joined.add(nodes.get(i));
        }
        return new SagaDefinition(
                        definition.ref(),
                        definition.deadline(),
                        definition.retention(),
                        definition.uniqueFor(),
                        new Sequence(joined))
                .giving(definition.result());
    }

    /** A choice is made again whenever the saga comes by. */
    static SimulatedNode choosesAgain(SimulatedNode.Ports ports) {
        return seeing(ports, (definition, saga) -> undecided(saga));
    }

    private static SagaInstance undecided(SagaInstance saga) {
        return new Altered(saga)
                .turns(
                        turns ->
                                turns.stream()
                                        .filter(it -> !it.path().startsWith("choice"))
                                        .toList())
                .saga();
    }

    /** Of the items of a loop only what was done for the newest is taken back. */
    static SimulatedNode takesBackTheLastItemOnly(SimulatedNode.Ports ports) {
        return seeing(
                ports,
                (definition, saga) ->
                        saga.phase() == Phase.COMPENSATING
                                ? new Altered(saga).steps(LanguageDefects::lastItems).saga()
                                : saga);
    }

    private static List<StepRecord> lastItems(List<StepRecord> steps) {
        List<StepRecord> seen = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String name = StepPath.name(steps.get(i).path());
            boolean inLoop = !StepPath.indices(steps.get(i).path()).isEmpty();
            boolean newer =
                    steps.subList(i + 1, steps.size()).stream()
                            .anyMatch(it -> StepPath.name(it.path()).equals(name));
            seen.add(inLoop && newer ? steps.get(i).compensated() : steps.get(i));
        }
        return seen;
    }

    /** A reply is taken for that item of a loop which has waited longest. */
    static SimulatedNode mixesItemsUp(SimulatedNode.Ports ports) {
        return Defects.onReply(
                ports,
                (saga, reply) ->
                        new SagaInput.Reply(
                                reply.run(),
                                oldest(saga, reply),
                                reply.direction(),
                                reply.execution(),
                                reply.attempt(),
                                reply.outcome()));
    }

    private static String oldest(SagaInstance saga, SagaInput.Reply reply) {
        return saga.outstanding().stream()
                .map(Outstanding::execution)
                .filter(it -> it.direction() == reply.direction())
                .map(Execution::path)
                .filter(it -> StepPath.name(it).equals(StepPath.name(reply.path())))
                .findFirst()
                .orElse(reply.path());
    }

    /** An event that was taken is taken once more when it comes twice. */
    static SimulatedNode takesEventsTwice(SimulatedNode.Ports ports) {
        return seeing(
                ports,
                (definition, saga) ->
                        new Altered(saga)
                                .arrivals(new Arrivals(saga.arrivals().held(), List.of()))
                                .saga());
    }

    /** An await does not time out. */
    static SimulatedNode awaitsForEver(SimulatedNode.Ports ports) {
        return deaf(ports, Waiting.Kind.ARRIVAL);
    }

    /** A delay is never over. */
    static SimulatedNode delaysForEver(SimulatedNode.Ports ports) {
        return deaf(ports, Waiting.Kind.TIME);
    }

    private static SimulatedNode deaf(SimulatedNode.Ports ports, Waiting.Kind kind) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    boolean waits =
                            saga.stream()
                                    .flatMap(it -> it.waits().stream())
                                    .anyMatch(it -> it.kind() == kind);
                    return waits && in.input() instanceof SagaInput.TimerFired
                            ? new Decision.Rejected(Rejection.NOTHING_DUE)
                            : Decider.MACHINE.decide(definition, saga, in, pauses);
                });
    }

    /** What was taken back is no longer known, and so its numbers are given again. */
    static SimulatedNode forgetsWhatWasTakenBack(SimulatedNode.Ports ports) {
        return seeing(
                ports,
                (definition, saga) ->
                        new Altered(saga)
                                .steps(steps -> steps.stream().filter(it -> !it.undone()).toList())
                                .saga());
    }

    /** One action more than asked for is taken back. */
    static SimulatedNode takesBackOneTooMany(SimulatedNode.Ports ports) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Defects.changed(
                                saga,
                                Decider.MACHINE.decide(definition, saga, in, pauses),
                                LanguageDefects::further));
    }

    private static SagaEvent further(SagaEvent event) {
        return event instanceof SagaEvent.CompensationStarted(Failure cause, Reach.Since since)
                        && since.kept() > 0
                ? new SagaEvent.CompensationStarted(
                        cause, new Reach.Since(since.name(), since.kept() - 1))
                : event;
    }

    static SimulatedNode seeing(
            SimulatedNode.Ports ports,
            BiFunction<SagaDefinition, SagaInstance, SagaInstance> eyes) {
        return Defects.deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Defects.changed(
                                saga,
                                Decider.MACHINE.decide(
                                        definition,
                                        saga.map(it -> eyes.apply(definition, it)),
                                        in,
                                        pauses),
                                event -> event));
    }
}
