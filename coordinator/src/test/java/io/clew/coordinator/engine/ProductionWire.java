package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.avro.SchemaStatus;
import io.clew.coordinator.wire.ArrivalWriter;
import io.clew.coordinator.wire.CommandWriter;
import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.InputReader;
import io.clew.coordinator.wire.InterventionWriter;
import io.clew.coordinator.wire.OutRecord;
import io.clew.coordinator.wire.PauseWriter;
import io.clew.coordinator.wire.RelayWriter;
import io.clew.coordinator.wire.TimerWriter;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.coordinator.wire.TriggerWriter;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.Arrival;
import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.Outcome;
import io.clew.saga.PauseRequest;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaRows;
import io.clew.saga.testkit.MemoryStore;
import io.clew.saga.testkit.SimulatedWire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;

/** The wire of production: records are what its writers write, and are read by its readers. */
final class ProductionWire implements SimulatedWire {
    /** The key simulated triggers are stamped with. */
    private static final TokenKeys TOKENS =
            new TokenKeys(Map.of("key-1", "a secret"), Optional.of("key-1"));

    private final Inbox inbox = new Inbox(EngineTopics.DEFAULT.inbox(), 1);
    private final CommandWriter commands = new CommandWriter(inbox, TOKENS);
    private final RelayWriter relay = new RelayWriter(inbox);
    private final InputReader untrusting;
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<SagaId, Sent> newest = new HashMap<>();
    private final UnaryOperator<WireCommand> defect;

    ProductionWire(UnaryOperator<WireCommand> defect) {
        this.defect = defect;
        this.untrusting =
                new InputReader(ProductionWire::schema, TokenKeys.NONE, new MemoryStore());
    }

    /** Reads the inbox as an owner of these rows does, tokens checked. */
    static InputReader reader(SagaRows rows) {
        return new InputReader(ProductionWire::schema, TOKENS, rows);
    }

    static TokenKeys tokens() {
        return TOKENS;
    }

    private static SchemaStatus schema(int id) {
        return id == TestDefinitions.SCHEMA_ID
                ? new SchemaStatus.Present(TestDefinitions.NOTE)
                : new SchemaStatus.Absent("no such schema");
    }

    @Override
    public RawInput encode(SagaId saga, Position position, Instant timestamp, SagaInput input) {
        ProducerRecord<byte[], byte[]> record =
                switch (input) {
                    case SagaInput.Trigger trigger ->
                            TriggerWriter.write(inbox, saga, framed(trigger));
                    case SagaInput.Reply reply -> reply(saga, reply);
                    case SagaInput.Arrived arrived ->
                            ArrivalWriter.write(inbox, saga, framed(arrived.arrival()));
                    case SagaInput.TimerFired timer -> TimerWriter.write(inbox, saga, timer);
                    case SagaInput.Intervention intervention ->
                            InterventionWriter.write(inbox, saga, intervention);
                    case SagaInput.TakeBack ask -> relay.takeBack(saga, ask);
                    case SagaInput.ParentEnded ended -> relay.parentEnded(saga, ended.parent());
                };
        return raw(record, position, timestamp);
    }

    @Override
    public RawInput encode(Position position, Instant timestamp, PauseRequest request) {
        return raw(PauseWriter.write(inbox, request).get(0), position, timestamp);
    }

    private static RawInput raw(
            ProducerRecord<byte[], byte[]> record, Position position, Instant timestamp) {
        return new RawInput(
                new String(record.key(), UTF_8),
                position,
                timestamp,
                Optional.ofNullable(record.value()).map(Bytes::wrap),
                headers(record.headers()));
    }

    /** Without a look at tokens: whose they are, only an owner's rows say. */
    @Override
    public Decoded decode(RawInput raw) {
        return untrusting.decode(raw);
    }

    @Override
    public WireCommand encode(Command command) {
        OutRecord out = commands.write(command);
        Sent record =
                new Sent(out.topic(), new TestRecord<>(out.key(), out.value(), out.headers()));
        sent.put(command.id(), record);
        newest.put(command.saga(), record);
        List<RawInput.Header> headers = new ArrayList<>(headers(out.headers()));
        headers.removeIf(it -> it.name().equals(WireHeaders.TRACE_PARENT));
        return defect.apply(
                new WireCommand(
                        out.topic(),
                        new String(Objects.requireNonNull(out.key()), UTF_8),
                        Bytes.wrap(Objects.requireNonNull(out.value())),
                        List.copyOf(headers)));
    }

    /** Echoes the command it answers, or one of the same saga if there is no such command. */
    private ProducerRecord<byte[], byte[]> reply(SagaId saga, SagaInput.Reply reply) {
        String id =
                saga
                        + ("/" + reply.run() + "/" + reply.path())
                        + ("/" + reply.direction().wireName())
                        + ("/" + reply.execution() + "/" + reply.attempt());
        Sent command = sent.getOrDefault(id, newest.get(saga));
        TestReply answer =
                switch (reply.outcome()) {
                    case Outcome.Succeeded done ->
                            done.result()
                                    .map(it -> TestReply.succeeds(command).with(framed(it)))
                                    .orElseGet(() -> TestReply.succeeds(command));
                    case Outcome.Failed failed ->
                            TestReply.fails(command, failed.code())
                                    .with(WireHeaders.REASON, failed.reason());
                    case Outcome.Erred error ->
                            TestReply.to(command, "error")
                                    .with(WireHeaders.CODE, error.code())
                                    .with(WireHeaders.REASON, error.reason());
                    case Outcome.Progress ignored -> TestReply.to(command, "progress");
                };
        return answer.with(WireHeaders.RUN, String.valueOf(reply.run()))
                .with(WireHeaders.STEP, reply.path())
                .with(WireHeaders.DIRECTION, reply.direction().wireName())
                .with(WireHeaders.EXECUTION, String.valueOf(reply.execution()))
                .with(WireHeaders.ATTEMPT, String.valueOf(reply.attempt()))
                .record();
    }

    private static SagaInput.Trigger framed(SagaInput.Trigger trigger) {
        return new SagaInput.Trigger(
                trigger.definition(),
                trigger.logicVersion(),
                framed(trigger.event()),
                trigger.index(),
                trigger.tokenKey(),
                trigger.traceparent(),
                trigger.call());
    }

    private static Arrival framed(Arrival arrival) {
        return new Arrival(
                arrival.id(), arrival.channel(), arrival.type(), framed(arrival.value()));
    }

    private static Bytes framed(Bytes text) {
        return TestDefinitions.note(new String(text.array(), UTF_8));
    }

    private static List<RawInput.Header> headers(Headers headers) {
        List<RawInput.Header> list = new ArrayList<>();
        for (Header header : headers) {
            list.add(new RawInput.Header(header.key(), Bytes.wrap(header.value())));
        }
        return list;
    }
}
