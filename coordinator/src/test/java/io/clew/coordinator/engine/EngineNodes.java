package io.clew.coordinator.engine;

import io.clew.coordinator.wire.OutRecord;
import io.clew.coordinator.wire.TransitionReader;
import io.clew.saga.Batch;
import io.clew.saga.BatchWriter;
import io.clew.saga.Effect;
import io.clew.saga.InputCodec;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaShell;
import io.clew.saga.Transition;
import io.clew.saga.testkit.SimulatedNode;
import io.clew.schema.SagaTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.processor.api.MockProcessorContext;

/**
 * Nodes that write rows and records as the engine does. The simulation hears of transitions only
 * what a reader of {@code saga.events} reads.
 */
final class EngineNodes implements SimulatedNode.Factory {
    private static final TransitionReader READER =
            new TransitionReader(id -> SagaTransition.getClassSchema());

    private final MockProcessorContext<byte[], OutRecord> context = new MockProcessorContext<>();
    private final UnaryOperator<Transition> defect;
    private final UnaryOperator<InputCodec.Decoded> reading;

    /**
     * @param defect what becomes of transitions on their way
     * @param reading what becomes of inputs when they are read
     */
    EngineNodes(UnaryOperator<Transition> defect, UnaryOperator<InputCodec.Decoded> reading) {
        this.defect = defect;
        this.reading = reading;
        context.setCurrentSystemTimeMs(0);
    }

    @Override
    public SimulatedNode start(SimulatedNode.Ports ports) {
        StoreRows rows = ((RowStore) ports.rows()).rows();
        OutputWriter writer = new OutputWriter(context, parts(ports), rows, new NoHousekeeping());
        InputCodec reader = ProductionWire.reader(rows);
        SagaShell<Prepared> shell =
                new SagaShell<>(
                        raw -> reading.apply(decode(ports.codec(), reader, raw)),
                        ports.definitions(),
                        rows,
                        new Told(writer, rows, ports.writer()));
        return new SimulatedNode() {
            @Override
            public void process(RawInput raw) {
                shell.process(raw);
            }

            @Override
            public void drain(SagaId saga, int limit) {
                shell.drain(saga, limit);
            }
        };
    }

    /** What the simulation lets through, the engine's own reader reads. */
    private static InputCodec.Decoded decode(
            InputCodec simulation, InputCodec engine, RawInput raw) {
        return switch (simulation.decode(raw)) {
            case InputCodec.Decoded.NotYet wait -> wait;
            case InputCodec.Decoded.Readable ignored -> engine.decode(raw);
            case InputCodec.Decoded.ForAll ignored -> engine.decode(raw);
            case InputCodec.Decoded.Unreadable ignored -> engine.decode(raw);
        };
    }

    private static EngineParts parts(SimulatedNode.Ports ports) {
        return new EngineParts(
                EngineSettings.of("nowhere:1", 1, "nowhere", "localhost:1"),
                "inbox",
                CoordinatorHarness.TRANSITION_SCHEMA_ID,
                ports.definitions(),
                topic -> true,
                id -> {
                    throw new IllegalStateException("Expected the node's own reader to be used");
                },
                ProductionWire.tokens(),
                (record, acknowledged) -> {},
                (after, transition) -> {},
                () -> 0,
                new PartitionProgress(),
                new EngineMetrics(),
                () -> {});
    }

    /** Writes as the engine does, then tells the simulation what has come of it. */
    private final class Told implements BatchWriter<Prepared> {
        private final OutputWriter engine;
        private final StoreRows rows;
        private final BatchWriter<Batch> simulation;

        Told(OutputWriter engine, StoreRows rows, BatchWriter<Batch> simulation) {
            this.engine = engine;
            this.rows = rows;
            this.simulation = simulation;
        }

        @Override
        public Prepared prepare(Batch batch) {
            return engine.prepare(batch);
        }

        /** The simulation knows when it commits. */
        @Override
        public boolean awaitsCommit(SagaId saga) {
            return simulation.awaitsCommit(saga);
        }

        @Override
        public void commit(Prepared prepared) {
            context.resetForwards();
            engine.commit(prepared);
            Iterator<Transition> published = published().iterator();
            List<Effect> effects = new ArrayList<>();
            for (Effect effect : prepared.batch().effects()) {
                effects.add(
                        effect instanceof Effect.PublishTransition
                                ? new Effect.PublishTransition(published.next())
                                : effect);
            }
            Batch told = new Batch(prepared.batch().changes(), effects);
            simulation.commit(simulation.prepare(told));
        }

        private List<Transition> published() {
            List<Transition> published = new ArrayList<>();
            for (var out : context.forwarded(SagaTopology.EVENTS)) {
                byte[] frame = Objects.requireNonNull(out.record().value().value());
                TransitionReader.Recorded recorded = READER.read(frame);
                rows.instance(recorded.transition().saga()).ifPresent(it -> agree(recorded, it));
                published.add(defect.apply(recorded.transition()));
            }
            return published;
        }

        /** What a record says of its saga besides what happened is what the row says. */
        private static void agree(TransitionReader.Recorded recorded, SagaInstance saga) {
            boolean same =
                    recorded.phase() == saga.phase()
                            && recorded.failure().equals(saga.failure())
                            && recorded.definition().equals(saga.definition().name())
                            && recorded.version() == saga.definition().version()
                            && recorded.transition().revision() == saga.revision();
            if (!same) {
                throw new IllegalStateException(
                        "Expected a record of " + saga + " but got " + recorded);
            }
        }
    }

    /** The simulation has timers and drains of its own. */
    private static final class NoHousekeeping implements RowWatcher {
        @Override
        public void armed(Instant dueAt) {}

        @Override
        public void disarmed(Instant dueAt, SagaId saga) {}

        @Override
        public void queued(SagaId saga) {}

        @Override
        public void unsent(SagaId saga, String topic) {}
    }
}
