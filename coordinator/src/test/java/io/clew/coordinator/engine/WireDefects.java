package io.clew.coordinator.engine;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.InputCodec;
import io.clew.saga.Outcome;
import io.clew.saga.Outstanding;
import io.clew.saga.RawInput;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import io.clew.saga.testkit.Altered;
import io.clew.saga.testkit.SimulatedWire.WireCommand;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.utils.Bytes;

/** Deliberate defects of the wire and of the rows; the simulation must find each. */
final class WireDefects {
    private WireDefects() {}

    /** The time a command carries is that of its sending. */
    static UnaryOperator<WireCommand> headerFromAClock() {
        AtomicLong clock = new AtomicLong();
        return command ->
                new WireCommand(
                        command.topic(),
                        command.key(),
                        command.value(),
                        command.headers().stream()
                                .map(it -> stamped(it, clock.incrementAndGet()))
                                .toList());
    }

    private static RawInput.Header stamped(RawInput.Header header, long now) {
        return header.name().equals(WireHeaders.TIME)
                ? new RawInput.Header(header.name(), io.clew.saga.Bytes.utf8("" + now))
                : header;
    }

    /** On its way over {@code saga.events} an error loses its number. */
    static Transition eventsForgetErrors(Transition it) {
        return new Transition(
                it.saga(),
                it.run(),
                it.revision(),
                it.time(),
                it.cause(),
                it.kind(),
                it.events().stream().map(WireDefects::withoutErrors).toList(),
                it.rejection());
    }

    private static SagaEvent withoutErrors(SagaEvent event) {
        return event instanceof SagaEvent.ErrorReported error
                ? new SagaEvent.ErrorReported(error.execution(), error.error(), 0, error.delivery())
                : event;
    }

    /** The row of an instance does not say how many errors there were. */
    static Optional<byte[]> rowsForgetErrors(Bytes key, Optional<byte[]> row) {
        return key.get()[0] == Keys.INSTANCE
                ? row.map(it -> InstanceCodec.decode(Keys.saga(key), it))
                        .map(WireDefects::withoutErrors)
                        .map(InstanceCodec::encode)
                : row;
    }

    private static SagaInstance withoutErrors(SagaInstance saga) {
        return new Altered(saga)
                .outstanding(it -> it.stream().map(WireDefects::withoutErrors).toList())
                .saga();
    }

    private static Outstanding withoutErrors(Outstanding it) {
        return new Outstanding(
                it.execution(),
                it.command(),
                it.attempt(),
                0,
                it.lastError(),
                it.waitsFrom(),
                it.delivery());
    }

    /**
     * What is read of an error says who has read it. It is in rows and transitions alike, nothing
     * hangs on it, and it is gone once the step has its outcome.
     */
    static UnaryOperator<InputCodec.Decoded> readersSignErrors() {
        AtomicLong readers = new AtomicLong();
        return decoded ->
                decoded instanceof InputCodec.Decoded.Readable(SagaInput.Reply reply)
                                && reply.outcome() instanceof Outcome.Erred error
                        ? new InputCodec.Decoded.Readable(
                                signed(reply, error, readers.incrementAndGet()))
                        : decoded;
    }

    private static SagaInput.Reply signed(SagaInput.Reply reply, Outcome.Erred error, long reader) {
        return new SagaInput.Reply(
                reply.run(),
                reply.path(),
                reply.direction(),
                reply.execution(),
                reply.attempt(),
                new Outcome.Erred(error.code(), error.reason() + " (read by " + reader + ")"));
    }

    /** Index rows of a phase that is over stay. */
    static Optional<byte[]> indexRowsStay(Bytes key, Optional<byte[]> row) {
        return row.isEmpty() && key.get()[0] == Keys.INDEX ? Optional.of(Hints.row()) : row;
    }
}
