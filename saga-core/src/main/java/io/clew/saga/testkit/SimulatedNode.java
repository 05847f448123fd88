package io.clew.saga.testkit;

import io.clew.saga.Batch;
import io.clew.saga.BatchWriter;
import io.clew.saga.Definitions;
import io.clew.saga.InputCodec;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaRows;
import io.clew.saga.SagaShell;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What processes the inbox in a simulation: the shell, or a defective variant of it. */
public interface SimulatedNode {
    void process(RawInput raw);

    /** Hands the inputs kept with a saga in again. */
    void drain(SagaId saga, int limit);

    /**
     * What a node runs over.
     *
     * @param topics which topics are there as this owner sees it; a sound node decides nothing by
     *     that
     * @param luck what defective nodes may use, and a sound one does not: it differs between a run
     *     and its replay
     */
    record Ports(
            InputCodec codec,
            Definitions definitions,
            Predicate<String> topics,
            SagaRows rows,
            BatchWriter<Batch> writer,
            RandomGenerator luck) {}

    /** Starts a node. */
    @FunctionalInterface
    interface Factory {
        SimulatedNode start(Ports ports);
    }

    /** The shell as it is in production. */
    static SimulatedNode sound(Ports ports) {
        return of(
                new SagaShell<>(ports.codec(), ports.definitions(), ports.rows(), ports.writer()));
    }

    /** A node around any shell. */
    static SimulatedNode of(SagaShell<Batch> shell) {
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
}
