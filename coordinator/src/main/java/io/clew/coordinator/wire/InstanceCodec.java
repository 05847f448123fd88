package io.clew.coordinator.wire;

import io.clew.saga.Arrivals;
import io.clew.saga.Bytes;
import io.clew.saga.ChildOf;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Operation;
import io.clew.saga.PauseSubject;
import io.clew.saga.Position;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaState;
import io.clew.saga.StepRecord;
import io.clew.saga.Turn;
import io.clew.saga.Waiting;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The row of an instance; equal instances have equal rows. Its id stands in the key. */
public final class InstanceCodec {
    private static final int FORMAT = 5;

    private InstanceCodec() {}

    public static byte[] encode(SagaInstance saga) {
        RowWriter row = new RowWriter();
        row.number(FORMAT);
        row.number(saga.run());
        Rows.write(row, saga.definition());
        row.number(saga.logicVersion());
        row.bytes(saga.event());
        index(row, saga.index());
        row.instant(saga.deadline());
        row.optional(saga.tokenKey(), row::text);
        row.optional(saga.traceparent(), row::text);
        row.optional(saga.childOf(), it -> Rows.write(row, it));
        row.number(saga.revision());
        Rows.write(row, saga.position());
        row.instant(saga.time());
        StateCodec.write(row, saga.state());
        row.list(saga.steps(), step -> write(row, step));
        row.list(saga.turns(), turn -> write(row, turn));
        row.list(saga.outstanding(), command -> StateCodec.write(row, command));
        row.list(saga.waits(), wait -> write(row, wait));
        row.list(saga.arrivals().held(), arrival -> Rows.write(row, arrival));
        row.list(saga.arrivals().taken(), row::text);
        row.list(saga.incidents(), incident -> Rows.write(row, incident));
        row.optional(saga.pausedAt(), row::instant);
        row.optional(saga.timer(), row::instant);
        row.optional(saga.endedAt(), row::instant);
        row.list(saga.operations(), it -> write(row, it));
        return row.done();
    }

    public static SagaInstance decode(SagaId id, byte[] bytes) {
        RowReader row = new RowReader(bytes);
        row.format(FORMAT);
        long run = row.number();
        DefinitionRef definition = Rows.definition(row);
        int logicVersion = row.count();
        Bytes event = row.bytes();
        Map<String, String> index = index(row);
        Instant deadline = row.instant();
        Optional<String> tokenKey = row.optional(row::text);
        Optional<String> traceparent = row.optional(row::text);
        Optional<ChildOf> childOf = row.optional(() -> Rows.childOf(row));
        long revision = row.number();
        Position position = Rows.position(row);
        Instant time = row.instant();
        SagaState state = StateCodec.read(row);
        SagaInstance saga =
                new SagaInstance(
                        id,
                        run,
                        definition,
                        logicVersion,
                        event,
                        index,
                        deadline,
                        tokenKey,
                        traceparent,
                        childOf,
                        revision,
                        position,
                        time,
                        state,
                        row.list(() -> step(row)),
                        row.list(() -> new Turn(row.text(), row.count() - 1, row.count())),
                        row.list(() -> StateCodec.outstanding(row)),
                        row.list(() -> waiting(row)),
                        new Arrivals(row.list(() -> Rows.arrival(row)), row.list(row::text)),
                        row.list(() -> Rows.incident(row)),
                        row.optional(row::instant),
                        row.optional(row::instant),
                        row.optional(row::instant),
                        row.list(() -> operation(row)));
        row.end();
        return saga;
    }

    private static void index(RowWriter row, Map<String, String> index) {
        row.number(index.size());
        new TreeMap<>(index)
                .forEach(
                        (name, value) -> {
                            row.text(name);
                            row.text(value);
                        });
    }

    private static Map<String, String> index(RowReader row) {
        Map<String, String> index = new TreeMap<>();
        for (int left = row.count(); left > 0; left--) {
            index.put(row.text(), row.text());
        }
        return index;
    }

    private static void write(RowWriter row, StepRecord step) {
        row.text(step.path());
        row.number(step.execution());
        Codes.write(row, Codes.STATUSES, step.status());
        row.flag(step.compensatable());
        row.optional(step.output(), row::bytes);
        row.optional(step.failure(), it -> Rows.write(row, it));
        row.number(step.compensations());
        row.flag(step.undone());
    }

    private static StepRecord step(RowReader row) {
        return new StepRecord(
                row.text(),
                row.count(),
                Codes.read(row, Codes.STATUSES),
                row.flag(),
                row.optional(row::bytes),
                row.optional(() -> Rows.failure(row)),
                row.count(),
                row.flag());
    }

    private static void write(RowWriter row, Turn turn) {
        row.text(turn.path());
        row.number(turn.number() + 1L);
        row.number(turn.at());
    }

    private static void write(RowWriter row, Waiting wait) {
        row.text(wait.path());
        row.number(wait.execution());
        Codes.write(row, Codes.WAITS, wait.kind());
        row.instant(wait.dueAt());
        row.optional(wait.pausedBy().map(PauseSubject::key), row::text);
    }

    private static Waiting waiting(RowReader row) {
        return new Waiting(
                row.text(),
                row.count(),
                Codes.read(row, Codes.WAITS),
                row.instant(),
                row.optional(row::text).map(PauseSubject::ofKey));
    }

    private static void write(RowWriter row, Operation operation) {
        row.text(operation.id());
        row.optional(operation.rejection(), it -> Codes.write(row, Codes.REJECTIONS, it));
    }

    private static Operation operation(RowReader row) {
        return new Operation(row.text(), row.optional(() -> Codes.read(row, Codes.REJECTIONS)));
    }
}
