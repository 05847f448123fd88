package io.clew.coordinator.wire;

import io.clew.saga.Bytes;
import io.clew.saga.Delivery;
import io.clew.saga.Execution;
import io.clew.saga.Failure;
import io.clew.saga.FrozenCommand;
import io.clew.saga.Outstanding;
import io.clew.saga.PauseSubject;
import io.clew.saga.Reach;
import io.clew.saga.SagaState;
import java.time.Instant;
import java.util.Optional;

/** Where an instance stands, as part of its row. */
final class StateCodec {
    private static final int RUNNING = 1;
    private static final int COMPENSATING = 2;
    private static final int COMPLETED = 4;
    private static final int COMPENSATED = 5;
    private static final int ABANDONED = 6;
    private static final int PROVISIONAL = 7;

    /** With a result; rows of sagas that have none are as they were before there were any. */
    private static final int PROVISIONAL_WITH = 8;

    private static final int COMPLETED_WITH = 9;

    private static final int EVERYTHING = 1;
    private static final int SINCE = 2;
    private static final int NOTHING = 3;

    private static final int PARKED = 1;
    private static final int SENT = 2;
    private static final int BACKING_OFF = 3;
    private static final int STOPPED = 4;
    private static final int PAUSED = 5;

    private static final int DEADLINE = 1;

    /** In the place of whether there is a deadline, which a compensation has not. */
    private static final int OF_EVENT = 2;

    private StateCodec() {}

    static void write(RowWriter row, SagaState state) {
        switch (state) {
            case SagaState.Running running -> {
                row.number(RUNNING);
                row.optional(running.stop(), it -> write(row, it.cause(), it.reach()));
            }
            case SagaState.Compensating compensating -> {
                row.number(COMPENSATING);
                write(row, compensating.cause(), compensating.reach());
            }
            case SagaState.Provisional done ->
                    write(row, done.result(), PROVISIONAL, PROVISIONAL_WITH);
            case SagaState.Completed done -> write(row, done.result(), COMPLETED, COMPLETED_WITH);
            case SagaState.Compensated compensated -> {
                row.number(COMPENSATED);
                Rows.write(row, compensated.cause());
            }
            case SagaState.Abandoned abandoned -> {
                row.number(ABANDONED);
                Rows.write(row, abandoned.cause());
            }
        }
    }

    private static void write(RowWriter row, Optional<Bytes> result, int without, int with) {
        row.number(result.isPresent() ? with : without);
        if (result.isPresent()) {
            row.bytes(result.get());
        }
    }

    static SagaState read(RowReader row) {
        int tag = row.count();
        return switch (tag) {
            case RUNNING ->
                    new SagaState.Running(
                            row.optional(() -> new SagaState.Stop(Rows.failure(row), reach(row))));
            case COMPENSATING -> new SagaState.Compensating(Rows.failure(row), reach(row));
            case PROVISIONAL -> new SagaState.Provisional(Optional.empty());
            case PROVISIONAL_WITH -> new SagaState.Provisional(Optional.of(row.bytes()));
            case COMPLETED -> new SagaState.Completed(Optional.empty());
            case COMPLETED_WITH -> new SagaState.Completed(Optional.of(row.bytes()));
            case COMPENSATED -> new SagaState.Compensated(Rows.failure(row));
            case ABANDONED -> new SagaState.Abandoned(Rows.failure(row));
            default -> throw unknown("state", tag);
        };
    }

    private static void write(RowWriter row, Failure cause, Reach reach) {
        Rows.write(row, cause);
        switch (reach) {
            case Reach.Everything ignored -> row.number(EVERYTHING);
            case Reach.Since since -> {
                row.number(SINCE);
                row.text(since.name());
                row.number(since.kept());
            }
            case Reach.Nothing ignored -> row.number(NOTHING);
        }
    }

    private static Reach reach(RowReader row) {
        int tag = row.count();
        return switch (tag) {
            case EVERYTHING -> new Reach.Everything();
            case SINCE -> new Reach.Since(row.text(), row.count());
            case NOTHING -> new Reach.Nothing();
            default -> throw unknown("reach", tag);
        };
    }

    static void write(RowWriter row, Outstanding outstanding) {
        Execution execution = outstanding.execution();
        row.text(execution.path());
        Codes.write(row, Codes.DIRECTIONS, execution.direction());
        row.number(execution.number());
        row.number(execution.compensates());
        FrozenCommand command = outstanding.command();
        row.text(command.participant());
        row.text(command.topic());
        row.text(command.type());
        row.bytes(command.value());
        row.instant(command.decidedAt());
        if (command.takesBackEvent()) {
            row.number(OF_EVENT);
        } else {
            row.optional(command.deadline(), row::instant);
        }
        row.number(outstanding.attempt());
        row.number(outstanding.errors());
        row.optional(outstanding.lastError(), it -> Rows.write(row, it));
        row.instant(outstanding.waitsFrom());
        write(row, outstanding.delivery());
    }

    static Outstanding outstanding(RowReader row) {
        return new Outstanding(
                new Execution(
                        row.text(), Codes.read(row, Codes.DIRECTIONS), row.count(), row.count()),
                command(row),
                row.count(),
                row.count(),
                row.optional(() -> Rows.failure(row)),
                row.instant(),
                delivery(row));
    }

    private static FrozenCommand command(RowReader row) {
        String participant = row.text();
        String topic = row.text();
        String type = row.text();
        Bytes value = row.bytes();
        Instant decidedAt = row.instant();
        int bound = row.count();
        Optional<Instant> deadline =
                bound == DEADLINE ? Optional.of(row.instant()) : Optional.empty();
        return new FrozenCommand(
                participant, topic, type, value, decidedAt, deadline, bound == OF_EVENT);
    }

    private static void write(RowWriter row, Delivery delivery) {
        switch (delivery) {
            case Delivery.Parked parked -> {
                row.number(PARKED);
                row.text(parked.reason());
                row.instant(parked.retryAt());
            }
            case Delivery.Sent sent -> {
                row.number(SENT);
                row.instant(sent.firstSentAt());
                row.instant(sent.silenceAt());
                row.optional(sent.giveUpAt(), row::instant);
            }
            case Delivery.BackingOff backing -> {
                row.number(BACKING_OFF);
                row.instant(backing.firstSentAt());
                row.instant(backing.retryAt());
                row.optional(backing.giveUpAt(), row::instant);
            }
            case Delivery.Stopped ignored -> row.number(STOPPED);
            case Delivery.Paused paused -> {
                row.number(PAUSED);
                row.text(paused.by().key());
                row.optional(paused.resumeTo(), it -> write(row, it));
            }
        }
    }

    private static Delivery delivery(RowReader row) {
        int tag = row.count();
        return switch (tag) {
            case PARKED -> new Delivery.Parked(row.text(), row.instant());
            case STOPPED -> new Delivery.Stopped();
            case PAUSED ->
                    new Delivery.Paused(
                            PauseSubject.ofKey(row.text()),
                            row.optional(() -> awaited(row, row.count())));
            default -> awaited(row, tag);
        };
    }

    private static Delivery.Awaited awaited(RowReader row, int tag) {
        return switch (tag) {
            case SENT ->
                    new Delivery.Sent(row.instant(), row.instant(), row.optional(row::instant));
            case BACKING_OFF ->
                    new Delivery.BackingOff(
                            row.instant(), row.instant(), row.optional(row::instant));
            default -> throw unknown("delivery", tag);
        };
    }

    private static IllegalStateException unknown(String what, int tag) {
        return new IllegalStateException("Expected a known " + what + " but got tag " + tag);
    }
}
