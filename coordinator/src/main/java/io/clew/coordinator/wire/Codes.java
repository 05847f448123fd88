package io.clew.coordinator.wire;

import io.clew.saga.Direction;
import io.clew.saga.Incident;
import io.clew.saga.Phase;
import io.clew.saga.Rejection;
import io.clew.saga.StepRecord;
import io.clew.saga.Waiting;
import java.util.List;

/** Numbers that stand for words in rows: never renumbered, new ones come last. */
final class Codes {
    static final List<Phase> PHASES =
            List.of(
                    Phase.RUNNING,
                    Phase.COMPENSATING,
                    Phase.HELD,
                    Phase.PAUSED,
                    Phase.COMPLETED,
                    Phase.COMPENSATED,
                    Phase.ABANDONED);

    static final List<StepRecord.Status> STATUSES =
            List.of(
                    StepRecord.Status.OUTSTANDING,
                    StepRecord.Status.SUCCEEDED,
                    StepRecord.Status.REFUSED,
                    StepRecord.Status.IN_DOUBT,
                    StepRecord.Status.SKIPPED,
                    StepRecord.Status.COMPENSATING,
                    StepRecord.Status.COMPENSATED,
                    StepRecord.Status.PASSED,
                    StepRecord.Status.CANCELLED);

    static final List<Incident.Code> INCIDENTS =
            List.of(
                    Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN,
                    Incident.Code.COMPENSATION_REFUSED,
                    Incident.Code.COMPENSATION_SPENT,
                    Incident.Code.NO_OUTCOME,
                    Incident.Code.INPUT_FAULT,
                    Incident.Code.HELD_BY_OPERATOR);

    static final List<Rejection> REJECTIONS =
            List.of(
                    Rejection.KEY_TAKEN,
                    Rejection.SAGA_ENDED,
                    Rejection.OTHER_RUN,
                    Rejection.NOT_OUTSTANDING,
                    Rejection.OTHER_ATTEMPT,
                    Rejection.NOTHING_DUE,
                    Rejection.OPERATION_REPEATED,
                    Rejection.REVISION_MISMATCH,
                    Rejection.NOT_ALLOWED,
                    Rejection.FAULTED,
                    Rejection.COMMAND_MISMATCH,
                    Rejection.ARRIVAL_REPEATED,
                    Rejection.NOT_AWAITED,
                    Rejection.TOO_MANY_HELD,
                    Rejection.AMBIGUOUS,
                    Rejection.BAD_RESULT,
                    Rejection.OTHER_PARENT,
                    Rejection.NOT_MIGRATABLE);

    static final List<Waiting.Kind> WAITS = List.of(Waiting.Kind.ARRIVAL, Waiting.Kind.TIME);

    static final List<Direction> DIRECTIONS = List.of(Direction.ACTION, Direction.COMPENSATION);

    private Codes() {}

    static <T> void write(RowWriter row, List<T> words, T word) {
        int code = words.indexOf(word);
        if (code < 0) {
            throw new IllegalStateException("Expected a code for " + word + " but there is none");
        }
        row.number(code);
    }

    static <T> T read(RowReader row, List<T> words) {
        int code = row.count();
        if (code >= words.size()) {
            throw new IllegalStateException(
                    "Expected a code below " + words.size() + " but got " + code);
        }
        return words.get(code);
    }
}
