package io.clew.coordinator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.SchemaStatus;
import io.clew.coordinator.wire.KinReader.Said;
import io.clew.saga.Bytes;
import io.clew.saga.ChildSagas;
import io.clew.saga.Command;
import io.clew.saga.Direction;
import io.clew.saga.Effect;
import io.clew.saga.Execution;
import io.clew.saga.FrozenCommand;
import io.clew.saga.InputCodec.Decoded;
import io.clew.saga.Outcome;
import io.clew.saga.Parent;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.testkit.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What parents and children say to each other is read as it was written. */
class KinTest {
    private static final SagaId TOUR = SagaId.of("tour", "t/9 ö");
    private static final TokenKeys TOKENS =
            new TokenKeys(Map.of("k1", "secret"), Optional.of("k1"));
    private static final Parent PARENT = new Parent(TOUR, 1_000, "book[2]", 3, Optional.of("k1"));
    private static final SagaId CHILD = ChildSagas.id("trip", PARENT);

    private static final int SCHEMA_ID = 7;
    private static final Bytes RESULT = Bytes.wrap(new byte[] {0, 0, 0, 0, SCHEMA_ID, 2, 'x'});

    private final Inbox inbox = new Inbox("saga.inbox", 4);
    private final CommandWriter commands = new CommandWriter(inbox, TOKENS);
    private final KinWriter kin = new KinWriter(TOKENS);
    private final RelayWriter relay = new RelayWriter(inbox);

    private static Command command(Execution execution, int attempt) {
        FrozenCommand content =
                new FrozenCommand(
                        ChildSagas.participant("trip"),
                        ChildSagas.TOPIC,
                        "io.acme.TripAsked",
                        Bytes.utf8("value"),
                        Instant.EPOCH,
                        Optional.empty(),
                        false);
        return new Command(
                TOUR,
                1_000,
                "tour",
                execution,
                attempt,
                content,
                1,
                Optional.of("k1"),
                Optional.of("trace"));
    }

    private static ConsumerRecord<byte[], byte[]> said(OutRecord out) {
        return new ConsumerRecord<>(
                out.topic(),
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                out.key(),
                out.value(),
                out.headers(),
                Optional.empty());
    }

    private Decoded decoded(ProducerRecord<byte[], byte[]> record) {
        InputReader reader =
                new InputReader(
                        id ->
                                id == SCHEMA_ID
                                        ? new SchemaStatus.Present(
                                                Schema.create(Schema.Type.STRING))
                                        : new SchemaStatus.Absent("none"),
                        TokenKeys.NONE,
                        new MemoryStore());
        return reader.decode(raw(record));
    }

    private static RawInput raw(ProducerRecord<byte[], byte[]> record) {
        return new RawInput(
                new String(record.key(), UTF_8),
                new Position("topic", record.partition(), 1),
                Instant.EPOCH,
                Optional.ofNullable(record.value()).map(Bytes::wrap),
                headers(record.headers()));
    }

    private static List<RawInput.Header> headers(Headers headers) {
        List<RawInput.Header> read = new ArrayList<>();
        for (Header header : headers) {
            read.add(new RawInput.Header(header.key(), Bytes.wrap(header.value())));
        }
        return read;
    }

    @Test
    void shouldReadTheCommandThatStartsAChild() {
        OutRecord out = commands.write(command(Execution.action("book[2]", 3), 2));
        assertThat(KinReader.read(said(out)))
                .isEqualTo(new Said.Start("trip", PARENT, 2, "io.acme.TripAsked"));
        assertThat(KinReader.traceparent(said(out))).contains("trace");
    }

    @Test
    void shouldReadTheCommandThatTakesItBack() {
        OutRecord out = commands.write(command(Execution.compensation("book[2]", 5, 3), 4));
        SagaInput.TakeBack ask = new SagaInput.TakeBack(PARENT, 5, 4);
        assertThat(KinReader.read(said(out))).isEqualTo(new Said.Back(CHILD, ask));

        ProducerRecord<byte[], byte[]> onInbox = relay.takeBack(CHILD, ask);
        assertThat(decoded(onInbox)).isEqualTo(new Decoded.Readable(ask));
        assertThat(new String(onInbox.key(), UTF_8)).isEqualTo(CHILD.value());
        assertThat(onInbox.partition()).isEqualTo(inbox.partitionOf(CHILD));
    }

    @Test
    void shouldReadTheEndOfAParent() {
        OutRecord out = KinWriter.end(new Effect.TellChild(CHILD, PARENT));
        assertThat(KinReader.read(said(out))).isEqualTo(new Said.Ended(CHILD, PARENT));
        assertThat(decoded(relay.parentEnded(CHILD, PARENT)))
                .isEqualTo(new Decoded.Readable(new SagaInput.ParentEnded(PARENT)));
    }

    @Test
    void shouldAnswerLikeAnyParticipant() {
        for (Outcome outcome :
                List.of(
                        new Outcome.Succeeded(Optional.empty()),
                        new Outcome.Succeeded(Optional.of(RESULT)),
                        new Outcome.Progress(),
                        new Outcome.Failed("FULL", "no room"))) {
            SagaInput.Reply reply =
                    new SagaInput.Reply(1_000, "book[2]", Direction.COMPENSATION, 5, 4, outcome);
            OutRecord out = kin.answer(new Effect.AnswerParent(PARENT, reply));
            ConsumerRecord<byte[], byte[]> said = said(out);
            assertThat(KinReader.read(said)).isEqualTo(new Said.Answer());

            ProducerRecord<byte[], byte[]> onInbox =
                    relay.forwarded(said.key(), said.value(), said.headers());
            assertThat(decoded(onInbox)).isEqualTo(new Decoded.Readable(reply));
            assertThat(onInbox.partition()).isEqualTo(inbox.partitionOf(TOUR));
            String command = TOUR + "/1000/book[2]/compensation/5/4";
            assertThat(new String(onInbox.headers().lastHeader("ce_sagatoken").value(), UTF_8))
                    .isEqualTo(TOKENS.token("k1", command));
        }
    }

    @Test
    void shouldAnswerForAChildThatCannotBeReached() {
        OutRecord out = commands.write(command(Execution.action("book[2]", 3), 2));
        Outcome refusal = new Outcome.Failed("TOO_OLD", "too old");
        ProducerRecord<byte[], byte[]> onInbox =
                relay.answer(said(out).key(), out.headers(), refusal);
        assertThat(decoded(onInbox))
                .isEqualTo(
                        new Decoded.Readable(
                                new SagaInput.Reply(
                                        1_000, "book[2]", Direction.ACTION, 3, 2, refusal)));
    }

    @Test
    void shouldSayWhatItCannotRead() {
        OutRecord out = commands.write(command(Execution.action("book[2]", 3), 2));
        out.headers().remove("ce_sagachild");
        assertThat(KinReader.read(said(out))).isInstanceOf(Said.Unreadable.class);
    }
}
