package io.clew.saga;

import io.clew.saga.testkit.SimulatedNode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Nodes with one deliberate defect each, made at the ports of the shell. */
final class PortDefects {
    private static final int ONE_IN = 40;

    private PortDefects() {}

    /**
     * A trigger whose definition this owner has not seen yet is refused, where it should be kept.
     */
    static SimulatedNode refusesWhatHasNoDefinition(SimulatedNode.Ports ports) {
        InputCodec codec =
                new InputCodec() {
                    @Override
                    public Decoded decode(RawInput raw) {
                        Decoded decoded = ports.codec().decode(raw);
                        boolean unknown =
                                decoded instanceof Decoded.Readable readable
                                        && readable.input() instanceof SagaInput.Trigger trigger
                                        && ports.definitions().find(trigger.definition()).isEmpty();
                        return unknown
                                ? new Decoded.Unreadable("NO_DEFINITION", "it is not here")
                                : decoded;
                    }

                    @Override
                    public boolean isIntervention(RawInput raw) {
                        return ports.codec().isIntervention(raw);
                    }
                };
        return SimulatedNode.sound(
                new SimulatedNode.Ports(
                        codec,
                        ports.definitions(),
                        ports.topics(),
                        ports.rows(),
                        ports.writer(),
                        ports.luck()));
    }

    /** Now and then rows are written, and what was to go out with them is not. */
    static SimulatedNode actsHalfWritten(SimulatedNode.Ports ports) {
        return writing(
                ports,
                batch ->
                        ports.luck().nextInt(ONE_IN) == 0
                                ? new Batch(batch.changes(), List.of())
                                : batch);
    }

    /** A child that is asked again says that it is done, but not what has come of it. */
    static SimulatedNode forgetsItsResult(SimulatedNode.Ports ports) {
        return writing(
                ports,
                batch ->
                        batch.changes().isEmpty()
                                ? new Batch(List.of(), withoutResults(batch.effects()))
                                : batch);
    }

    private static List<Effect> withoutResults(List<Effect> effects) {
        return effects.stream().map(PortDefects::withoutResult).toList();
    }

    private static Effect withoutResult(Effect effect) {
        if (!(effect instanceof Effect.AnswerParent(Parent parent, SagaInput.Reply reply))
                || !(reply.outcome() instanceof Outcome.Succeeded)) {
            return effect;
        }
        SagaInput.Reply bare =
                new SagaInput.Reply(
                        reply.run(),
                        reply.path(),
                        reply.direction(),
                        reply.execution(),
                        reply.attempt(),
                        new Outcome.Succeeded(Optional.empty()));
        return new Effect.AnswerParent(parent, bare);
    }

    /** A node that commits something else than it has prepared. */
    private static SimulatedNode writing(SimulatedNode.Ports ports, UnaryOperator<Batch> change) {
        BatchWriter<Batch> writer =
                new BatchWriter<>() {
                    @Override
                    public Batch prepare(Batch batch) {
                        return ports.writer().prepare(batch);
                    }

                    @Override
                    public void commit(Batch prepared) {
                        ports.writer().commit(change.apply(prepared));
                    }

                    @Override
                    public boolean awaitsCommit(SagaId saga) {
                        return ports.writer().awaitsCommit(saga);
                    }
                };
        return SimulatedNode.sound(
                new SimulatedNode.Ports(
                        ports.codec(),
                        ports.definitions(),
                        ports.topics(),
                        ports.rows(),
                        writer,
                        ports.luck()));
    }
}
