package io.clew.coordinator.query;

import io.clew.coordinator.engine.Walk;
import io.clew.saga.Pauses;
import io.clew.saga.SagaId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine once it runs; until then everything is "not ready", with the reason. */
public final class EngineSwitch implements EngineView {

    private volatile EngineView view = new NotRunning("it has not started yet");

    /** From now on this engine answers. */
    public void running(EngineView engine) {
        view = engine;
    }

    /** From now on nobody answers. */
    public void stopped(String reason) {
        view = new NotRunning(reason);
    }

    @Override
    public Placement placement(SagaId saga) {
        return view.placement(saga);
    }

    @Override
    public Map<Integer, Placement> placements() {
        return view.placements();
    }

    @Override
    public int partitions() {
        return view.partitions();
    }

    @Override
    public int partitionOf(SagaId saga) {
        return view.partitionOf(saga);
    }

    @Override
    public Rows read(SagaId saga) {
        return view.read(saga);
    }

    @Override
    public List<Walked> walk(int partition, Walk walk, String after, int limit) {
        return view.walk(partition, walk, after, limit);
    }

    @Override
    public Pauses pauses(int partition) {
        return view.pauses(partition);
    }

    @Override
    public long processed(int partition) {
        return view.processed(partition);
    }

    private record NotRunning(String reason) implements EngineView {

        @Override
        public Placement placement(SagaId saga) {
            return new Placement(false, Optional.empty(), List.of());
        }

        @Override
        public Map<Integer, Placement> placements() {
            return Map.of();
        }

        @Override
        public int partitions() {
            return 0;
        }

        @Override
        public int partitionOf(SagaId saga) {
            return 0;
        }

        @Override
        public Rows read(SagaId saga) {
            return new Rows.Unavailable("the engine of this instance does not run: " + reason);
        }

        @Override
        public List<Walked> walk(int partition, Walk walk, String after, int limit) {
            throw new NotHereException(reason);
        }

        @Override
        public Pauses pauses(int partition) {
            throw new NotHereException(reason);
        }

        @Override
        public long processed(int partition) {
            return -1;
        }
    }
}
