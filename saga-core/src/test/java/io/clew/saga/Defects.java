package io.clew.saga;

import io.clew.saga.testkit.Altered;
import io.clew.saga.testkit.SimulatedNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Nodes with one deliberate defect each, made around the machine and the shell. */
final class Defects {
    private Defects() {}

    /** A step in doubt is taken for one that was refused: nothing is taken back. */
    static SimulatedNode compensatesSuccessOnly(SimulatedNode.Ports ports) {
        return deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    Decision sound = Decider.MACHINE.decide(definition, saga, in, pauses);
                    if (!(sound instanceof Decision.Applied applied)) {
                        return sound;
                    }
                    Optional<SagaEvent.StepGivenUp> given =
                            applied.transition().events().stream()
                                    .filter(SagaEvent.StepGivenUp.class::isInstance)
                                    .map(SagaEvent.StepGivenUp.class::cast)
                                    .findFirst();
                    if (given.isEmpty()) {
                        return sound;
                    }
                    Draft draft = Draft.of(definition, saga.orElseThrow(), in, pauses);
                    SagaEvent.StepGivenUp it = given.get();
                    draft.emit(new SagaEvent.StepRefused(it.path(), it.execution(), it.failure()));
                    Backward.start(draft, it.failure(), new Reach.Everything());
                    return draft.finish();
                });
    }

    /** The step reads a clock of its own instead of the record's time. */
    static SimulatedNode readsTheClock(SimulatedNode.Ports ports) {
        return deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Decider.MACHINE.decide(
                                definition,
                                saga,
                                new Inbound(
                                        in.saga(),
                                        in.position(),
                                        later(in.timestamp(), ports.luck()),
                                        in.input()),
                                pauses));
    }

    /** Backoff is spread by true chance. */
    static SimulatedNode jittersByChance(SimulatedNode.Ports ports) {
        return deciding(
                ports,
                (definition, saga, in, pauses) ->
                        changed(
                                saga,
                                Decider.MACHINE.decide(definition, saga, in, pauses),
                                event -> jittered(event, ports.luck())));
    }

    private static SagaEvent jittered(SagaEvent event, RandomGenerator luck) {
        if (event instanceof SagaEvent.CommandSent(Execution of, int attempt, Delivery.Sent sent)) {
            Instant silenceAt = later(sent.silenceAt(), luck);
            return new SagaEvent.CommandSent(
                    of, attempt, new Delivery.Sent(sent.firstSentAt(), silenceAt, sent.giveUpAt()));
        }
        return event;
    }

    /** What is sent again, or was parked, is made anew from what is known by then. */
    static SimulatedNode makesBytesAtSending(SimulatedNode.Ports ports) {
        return deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    Decision sound = Decider.MACHINE.decide(definition, saga, in, pauses);
                    if (!(sound instanceof Decision.Applied applied)) {
                        return sound;
                    }
                    List<Command> remade =
                            applied.commands().stream()
                                    .map(it -> remade(definition, applied.after(), it))
                                    .toList();
                    return new Decision.Applied(applied.after(), applied.transition(), remade);
                });
    }

    private static Command remade(SagaDefinition definition, SagaInstance saga, Command command) {
        String path = command.execution().path();
        CommandSpec spec = definition.command(command.execution());
        Map<String, Bytes> outputs = new HashMap<>(saga.outputs());
        outputs.keySet()
                .removeIf(it -> definition.place(it).order() > definition.place(path).order());
        MappingScope scope =
                new MappingScope(
                        saga.id(),
                        saga.run(),
                        saga.startedAt(),
                        saga.event(),
                        outputs,
                        saga.failure(),
                        StepPath.indices(path),
                        Optional.empty());
        FrozenCommand was = command.content();
        FrozenCommand content =
                new FrozenCommand(
                        was.participant(),
                        was.topic(),
                        was.type(),
                        spec.mapping().render(scope),
                        was.decidedAt(),
                        was.deadline(),
                        was.takesBackEvent());
        return new Command(
                command.saga(),
                command.run(),
                command.definition(),
                command.execution(),
                command.attempt(),
                content,
                command.replyPartition(),
                command.tokenKey(),
                command.traceparent());
    }

    /** The oldest action is taken back first. */
    static SimulatedNode compensatesInForwardOrder(SimulatedNode.Ports ports) {
        return LanguageDefects.seeing(
                ports,
                (definition, saga) ->
                        saga.phase() == Phase.COMPENSATING
                                ? new Altered(saga).steps(List::reversed).saga()
                                : saga);
    }

    /** A reply is taken for the live run, whatever run it names. */
    static SimulatedNode acceptsRepliesOfOtherRuns(SimulatedNode.Ports ports) {
        return onReply(
                ports,
                (saga, reply) ->
                        new SagaInput.Reply(
                                saga.run(),
                                reply.path(),
                                reply.direction(),
                                reply.execution(),
                                reply.attempt(),
                                reply.outcome()));
    }

    /** A second trigger starts the saga anew while it lives. */
    static SimulatedNode startsTwice(SimulatedNode.Ports ports) {
        return deciding(
                ports,
                (definition, saga, in, pauses) ->
                        Decider.MACHINE.decide(
                                definition,
                                in.input() instanceof SagaInput.Trigger ? Optional.empty() : saga,
                                in,
                                pauses));
    }

    /** A cancel compensates wherever the saga is. */
    static SimulatedNode cancelsPastThePointOfNoReturn(SimulatedNode.Ports ports) {
        return deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    boolean cancel =
                            in.input() instanceof SagaInput.Intervention intervention
                                    && intervention.request() instanceof InterventionRequest.Cancel
                                    && saga.orElseThrow().phase() == Phase.RUNNING;
                    if (!cancel) {
                        return Decider.MACHINE.decide(definition, saga, in, pauses);
                    }
                    Draft draft = Draft.of(definition, saga.orElseThrow(), in, pauses);
                    Backward.start(
                            draft, new Failure(Failure.CANCELLED, "", ""), new Reach.Everything());
                    return draft.finish();
                });
    }

    /** What waits for a topic is never looked at again. */
    static SimulatedNode forgetsParkedCommands(SimulatedNode.Ports ports) {
        return deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    boolean parked =
                            saga.stream()
                                    .flatMap(it -> it.outstanding().stream())
                                    .map(Outstanding::delivery)
                                    .anyMatch(Defects::missesTopic);
                    return parked && in.input() instanceof SagaInput.TimerFired
                            ? new Decision.Rejected(Rejection.NOTHING_DUE)
                            : Decider.MACHINE.decide(definition, saga, in, pauses);
                });
    }

    private static boolean missesTopic(Delivery delivery) {
        return delivery instanceof Delivery.Paused paused
                && paused.by().kind() == PauseSubject.Kind.TOPIC;
    }

    /** An input that was applied before is applied again. */
    static SimulatedNode checksNoOffsets(SimulatedNode.Ports ports) {
        return over(
                ports,
                new Rows(ports.rows()) {
                    @Override
                    public Optional<SagaInstance> instance(SagaId id) {
                        return super.instance(id)
                                .map(
                                        it ->
                                                new Altered(it)
                                                        .position(
                                                                new Position(
                                                                        it.position().topicId(),
                                                                        it.position().partition(),
                                                                        0))
                                                        .saga());
                    }
                });
    }

    /** The newest input kept is handed in first. */
    static SimulatedNode forgetsTheQueueOrder(SimulatedNode.Ports ports) {
        return over(
                ports,
                new Rows(ports.rows()) {
                    @Override
                    public Optional<QueuedInput> firstQueued(SagaId id) {
                        Optional<QueuedInput> last = super.firstQueued(id);
                        Optional<QueuedInput> next = last;
                        while (next.isPresent()) {
                            last = next;
                            next = queuedAfter(id, next.get().raw().position());
                        }
                        return last;
                    }
                });
    }

    /** An intervention waits behind an input that failed, like everything else. */
    static SimulatedNode queuesInterventions(SimulatedNode.Ports ports) {
        return over(
                ports,
                new Rows(ports.rows()) {
                    @Override
                    public Optional<QueuedInput> queuedAfter(SagaId id, Position position) {
                        return Optional.empty();
                    }
                });
    }

    private static Instant later(Instant time, RandomGenerator luck) {
        return time.plus(Duration.ofMillis(luck.nextInt(20)));
    }

    static SimulatedNode onReply(SimulatedNode.Ports ports, Misreading misreading) {
        return deciding(
                ports,
                (definition, saga, in, pauses) -> {
                    if (saga.isPresent() && in.input() instanceof SagaInput.Reply reply) {
                        SagaInput read = misreading.read(saga.get(), reply);
                        Inbound misread =
                                new Inbound(in.saga(), in.position(), in.timestamp(), read);
                        return Decider.MACHINE.decide(definition, saga, misread, pauses);
                    }
                    return Decider.MACHINE.decide(definition, saga, in, pauses);
                });
    }

    @FunctionalInterface
    interface Misreading {
        SagaInput read(SagaInstance saga, SagaInput.Reply reply);
    }

    static SimulatedNode deciding(SimulatedNode.Ports ports, Decider decider) {
        return SimulatedNode.of(
                new SagaShell<>(
                        new SagaShell<>(
                                ports.codec(), ports.definitions(), ports.rows(), ports.writer()),
                        decider));
    }

    private static SimulatedNode over(SimulatedNode.Ports ports, SagaRows rows) {
        return SimulatedNode.sound(
                new SimulatedNode.Ports(
                        ports.codec(),
                        ports.definitions(),
                        ports.topics(),
                        rows,
                        ports.writer(),
                        ports.luck()));
    }

    /** The decision with its events changed, and the instance that follows from them. */
    static Decision changed(
            Optional<SagaInstance> saga, Decision decision, Function<SagaEvent, SagaEvent> change) {
        return decision instanceof Decision.Applied applied
                ? rewritten(
                        saga, applied, applied.transition().events().stream().map(change).toList())
                : decision;
    }

    /** The decision with other events, and the instance that follows from them. */
    static Decision rewritten(
            Optional<SagaInstance> saga, Decision.Applied applied, List<SagaEvent> events) {
        Transition was = applied.transition();
        Transition transition =
                new Transition(
                        was.saga(),
                        was.run(),
                        was.revision(),
                        was.time(),
                        was.cause(),
                        was.kind(),
                        events,
                        was.rejection());
        SagaInstance after = SagaFold.fold(saga, transition).orElseThrow();
        return new Decision.Applied(after, transition, applied.commands());
    }

    /** Rows as they are, for variants to change. */
    private static class Rows implements SagaRows {
        private final SagaRows rows;

        Rows(SagaRows rows) {
            this.rows = rows;
        }

        @Override
        public Optional<SagaInstance> instance(SagaId id) {
            return rows.instance(id);
        }

        @Override
        public Optional<Marker> marker(SagaId id) {
            return rows.marker(id);
        }

        @Override
        public Optional<Early> early(SagaId id) {
            return rows.early(id);
        }

        @Override
        public Pauses pauses() {
            return rows.pauses();
        }

        @Override
        public Optional<Incident> noted(SagaId id) {
            return rows.noted(id);
        }

        @Override
        public Optional<QueuedInput> firstQueued(SagaId id) {
            return rows.firstQueued(id);
        }

        @Override
        public Optional<QueuedInput> queuedAfter(SagaId id, Position position) {
            return rows.queuedAfter(id, position);
        }
    }
}
