package io.clew.coordinator.wire;

import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Operation;
import io.clew.saga.Position;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaState;
import io.clew.saga.StepRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The row of an instance; equal instances have equal rows. Its id stands in the key. */
public final class InstanceCodec {
    private static final int FORMAT = 3;

    /** Remembered no rejected interventions. */
    private static final int WITHOUT_REJECTIONS = 2;

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
        row.number(saga.revision());
        Rows.write(row, saga.position());
        row.instant(saga.time());
        StateCodec.write(row, saga.state());
        row.number(saga.steps().size());
        saga.steps().forEach(step -> write(row, step));
        row.optional(saga.incident(), it -> Rows.write(row, it));
        row.optional(saga.pausedAt(), row::instant);
        row.optional(saga.timer(), row::instant);
        row.optional(saga.endedAt(), row::instant);
        row.number(saga.operations().size());
        saga.operations().forEach(it -> write(row, it));
        return row.done();
    }

    public static SagaInstance decode(SagaId id, byte[] bytes) {
        RowReader row = new RowReader(bytes);
        int format = row.format(WITHOUT_REJECTIONS, FORMAT);
        long run = row.number();
        DefinitionRef definition = Rows.definition(row);
        int logicVersion = row.count();
        Bytes event = row.bytes();
        Map<String, String> index = index(row);
        Instant deadline = row.instant();
        Optional<String> tokenKey = row.optional(row::text);
        Optional<String> traceparent = row.optional(row::text);
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
                        revision,
                        position,
                        time,
                        state,
                        steps(row),
                        row.optional(() -> Rows.incident(row)),
                        row.optional(row::instant),
                        row.optional(row::instant),
                        row.optional(row::instant),
                        operations(row, format));
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
    }

    private static List<StepRecord> steps(RowReader row) {
        List<StepRecord> steps = new ArrayList<>();
        for (int left = row.count(); left > 0; left--) {
            steps.add(
                    new StepRecord(
                            row.text(),
                            row.count(),
                            Codes.read(row, Codes.STATUSES),
                            row.flag(),
                            row.optional(row::bytes),
                            row.optional(() -> Rows.failure(row)),
                            row.count()));
        }
        return steps;
    }

    private static void write(RowWriter row, Operation operation) {
        row.text(operation.id());
        row.optional(operation.rejection(), it -> Codes.write(row, Codes.REJECTIONS, it));
    }

    private static List<Operation> operations(RowReader row, int format) {
        List<Operation> operations = new ArrayList<>();
        for (int left = row.count(); left > 0; left--) {
            operations.add(
                    new Operation(
                            row.text(),
                            format == WITHOUT_REJECTIONS
                                    ? Optional.empty()
                                    : row.optional(() -> Codes.read(row, Codes.REJECTIONS))));
        }
        return operations;
    }
}
