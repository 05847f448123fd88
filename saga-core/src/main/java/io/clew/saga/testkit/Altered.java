package io.clew.saga.testkit;

import io.clew.saga.Arrivals;
import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Incident;
import io.clew.saga.Outstanding;
import io.clew.saga.Position;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaState;
import io.clew.saga.StepRecord;
import io.clew.saga.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A saga instance with some of it changed: as a defective node takes it for, or as a like one. */
public final class Altered {
    private final SagaInstance saga;
    private SagaId id;
    private long run;
    private DefinitionRef definition;
    private Bytes event;
    private Map<String, String> index;
    private Position position;
    private SagaState state;
    private List<StepRecord> steps;
    private List<Turn> turns;
    private List<Outstanding> outstanding;
    private Arrivals arrivals;
    private List<Incident> incidents;
    private Optional<Instant> pausedAt;
    private Optional<Instant> timer;

    public Altered(SagaInstance saga) {
        this.saga = saga;
        this.id = saga.id();
        this.run = saga.run();
        this.definition = saga.definition();
        this.event = saga.event();
        this.index = saga.index();
        this.position = saga.position();
        this.state = saga.state();
        this.steps = saga.steps();
        this.turns = saga.turns();
        this.outstanding = saga.outstanding();
        this.arrivals = saga.arrivals();
        this.incidents = saga.incidents();
        this.pausedAt = saga.pausedAt();
        this.timer = saga.timer();
    }

    public Altered id(SagaId other) {
        id = other;
        return this;
    }

    public Altered run(long other) {
        run = other;
        return this;
    }

    public Altered definition(DefinitionRef other) {
        definition = other;
        return this;
    }

    public Altered event(Bytes other) {
        event = other;
        return this;
    }

    public Altered index(Map<String, String> other) {
        index = other;
        return this;
    }

    public Altered position(Position other) {
        position = other;
        return this;
    }

    public Altered state(SagaState other) {
        state = other;
        return this;
    }

    public Altered steps(UnaryOperator<List<StepRecord>> other) {
        steps = other.apply(steps);
        return this;
    }

    public Altered turns(UnaryOperator<List<Turn>> other) {
        turns = other.apply(turns);
        return this;
    }

    public Altered outstanding(UnaryOperator<List<Outstanding>> other) {
        outstanding = other.apply(outstanding);
        return this;
    }

    public Altered arrivals(Arrivals other) {
        arrivals = other;
        return this;
    }

    public Altered incidents(List<Incident> other) {
        incidents = other;
        return this;
    }

    public Altered pausedAt(Optional<Instant> other) {
        pausedAt = other;
        return this;
    }

    public Altered timer(Optional<Instant> other) {
        timer = other;
        return this;
    }

    public SagaInstance saga() {
        return new SagaInstance(
                id,
                run,
                definition,
                saga.logicVersion(),
                event,
                index,
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
                outstanding,
                saga.waits(),
                arrivals,
                incidents,
                pausedAt,
                timer,
                saga.endedAt(),
                saga.operations());
    }
}
