package io.clew.saga;

import io.clew.saga.testkit.SimulatedNode;
import java.util.List;

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
        BatchWriter<Batch> writer =
                new BatchWriter<>() {
                    @Override
                    public Batch prepare(Batch batch) {
                        return ports.writer().prepare(batch);
                    }

                    @Override
                    public void commit(Batch prepared) {
                        boolean half = ports.luck().nextInt(ONE_IN) == 0;
                        ports.writer()
                                .commit(half ? new Batch(prepared.changes(), List.of()) : prepared);
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
