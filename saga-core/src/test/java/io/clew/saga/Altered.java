package io.clew.saga;

import java.util.List;
import java.util.function.UnaryOperator;

/** An instance as a defective node takes it for. */
final class Altered {
    private final SagaInstance saga;
    private Position position;
    private SagaState state;
    private List<StepRecord> steps;
    private List<Turn> turns;
    private Arrivals arrivals;

    Altered(SagaInstance saga) {
        this.saga = saga;
        this.position = saga.position();
        this.state = saga.state();
        this.steps = saga.steps();
        this.turns = saga.turns();
        this.arrivals = saga.arrivals();
    }

    Altered position(Position other) {
        position = other;
        return this;
    }

    Altered state(SagaState other) {
        state = other;
        return this;
    }

    Altered steps(UnaryOperator<List<StepRecord>> other) {
        steps = other.apply(steps);
        return this;
    }

    Altered turns(UnaryOperator<List<Turn>> other) {
        turns = other.apply(turns);
        return this;
    }

    Altered arrivals(Arrivals other) {
        arrivals = other;
        return this;
    }

    SagaInstance saga() {
        return new SagaInstance(
                saga.id(),
                saga.run(),
                saga.definition(),
                saga.logicVersion(),
                saga.event(),
                saga.index(),
                saga.deadline(),
                saga.tokenKey(),
                saga.traceparent(),
                saga.childOf(),
                saga.revision(),
                position,
                saga.time(),
                state,
                steps,
                turns,
                saga.outstanding(),
                saga.waits(),
                arrivals,
                saga.incidents(),
                saga.pausedAt(),
                saga.timer(),
                saga.endedAt(),
                saga.operations());
    }
}
