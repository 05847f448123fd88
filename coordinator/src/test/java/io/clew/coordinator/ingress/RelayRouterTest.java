package io.clew.coordinator.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.avro.SchemaStatus;
import io.clew.coordinator.definitions.MemoryDefinitions;
import io.clew.coordinator.definitions.Parcels;
import io.clew.coordinator.definitions.Rollout;
import io.clew.coordinator.ingress.RelayRouter.Brought;
import io.clew.coordinator.wire.CommandWriter;
import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.InputReader;
import io.clew.coordinator.wire.KinWriter;
import io.clew.coordinator.wire.OutRecord;
import io.clew.coordinator.wire.RelayWriter;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.saga.Bytes;
import io.clew.saga.ChildSagas;
import io.clew.saga.Command;
import io.clew.saga.Direction;
import io.clew.saga.Effect;
import io.clew.saga.Execution;
import io.clew.saga.FrozenCommand;
import io.clew.saga.InputCodec.Decoded;
import io.clew.saga.NotYetException;
import io.clew.saga.Outcome;
import io.clew.saga.Parent;
import io.clew.saga.ParentCall;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.testkit.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a command that starts a child, and of one that cannot. */
class RelayRouterTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String TYPE = Parcels.SENT.getFullName();
    private static final SagaId TOUR = SagaId.of("tour", "t-1");
    private static final Parent PARENT = new Parent(TOUR, 1_000, "book", 3, Optional.empty());

    private final Inbox inbox = new Inbox("saga.inbox", 4);
    private final CommandWriter commands = new CommandWriter(inbox, TokenKeys.NONE);
    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final RelayRouter router =
            new RelayRouter(
                    definitions,
                    new Stamp(Optional.empty(), 100),
                    new RelayWriter(inbox),
                    () -> NOW);

    @BeforeEach
    void apply() {
        definitions.add(parcels.applied("parcel", 1, 0));
    }

    @Test
    void shouldStartAChildOfTheNewestVersion() {
        // given
        definitions.add(parcels.applied("parcel", 2, 0));

        // when
        ProducerRecord<byte[], byte[]> out = brought(start("parcel", TYPE, Parcels.sent("p-1")));

        // then
        assertThat(new String(out.key(), UTF_8)).isEqualTo(ChildSagas.id("parcel", PARENT).value());
        SagaInput.Trigger trigger = (SagaInput.Trigger) read(out);
        assertThat(trigger.definition().version()).isEqualTo(2);
        assertThat(trigger.event().array()).isEqualTo(Parcels.sent("p-1"));
        assertThat(trigger.call()).contains(new ParentCall(PARENT, 2));
    }

    @Test
    void shouldStartAChildThatWasAskedForThoughAllVersionsAreRetired() {
        // given
        definitions.wish(
                "parcel",
                new Rollout.Wish(
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(1),
                        Optional.empty(),
                        new Rollout.Change("op-1", NOW, "ada", "")));

        // then
        assertThat(read(brought(start("parcel", TYPE, Parcels.sent("p-1")))))
                .isInstanceOf(SagaInput.Trigger.class);
    }

    @Test
    void shouldTellTheParentOfADefinitionThatIsNotThere() {
        assertThat(erred(start("unknown", TYPE, Parcels.sent("p-1"))))
                .isEqualTo("NO_SUCH_DEFINITION");
    }

    @Test
    void shouldTellTheParentOfAnEventThatStartsNoSuchSaga() {
        assertThat(erred(start("parcel", "io.acme.ParcelSeen", Parcels.seen("gate 3"))))
                .isEqualTo("OTHER_EVENT");
    }

    @Test
    void shouldTellTheParentOfAnEventThatCannotBeRead() {
        assertThat(erred(start("parcel", TYPE, new byte[] {7, 7}))).isEqualTo("UNREADABLE");
        assertThat(erred(start("parcel", TYPE, null))).isEqualTo("UNREADABLE");
    }

    @Test
    void shouldTellTheParentOfAnEventThatIsTooLarge() {
        assertThat(erred(start("parcel", TYPE, Parcels.sent("p".repeat(100)))))
                .isEqualTo("TOO_LARGE");
    }

    @Test
    void shouldTellTheParentOfACommandOlderThanItsKeyIsUnique() {
        Instant old = NOW.minus(Duration.ofDays(30)).minusMillis(1);

        assertThat(erred(start("parcel", TYPE, Parcels.sent("p-1"), old))).isEqualTo("TOO_OLD");
        assertThat(read(brought(start("parcel", TYPE, Parcels.sent("p-1"), old.plusMillis(1)))))
                .isInstanceOf(SagaInput.Trigger.class);
    }

    @Test
    void shouldWaitWhenTheSchemaCannotBeHadNow() {
        parcels.lose(Parcels.SENT_ID);

        assertThatThrownBy(() -> router.route(start("parcel", TYPE, Parcels.sent("p-1"))))
                .isInstanceOf(NotYetException.class);
    }

    @Test
    void shouldBringWhatAChildGives() {
        // given
        byte[] result = Parcels.seen("gate 3");
        SagaInput.Reply done =
                new SagaInput.Reply(
                        1_000,
                        "book",
                        Direction.ACTION,
                        3,
                        2,
                        new Outcome.Succeeded(Optional.of(Bytes.wrap(result))));
        OutRecord said =
                new KinWriter(TokenKeys.NONE).answer(new Effect.AnswerParent(PARENT, done));

        // when
        ProducerRecord<byte[], byte[]> out = brought(said(said, said.value(), NOW));

        // then
        assertThat(new String(out.key(), UTF_8)).isEqualTo(TOUR.value());
        assertThat(out.partition()).isEqualTo(inbox.partitionOf(TOUR));
        assertThat(out.value()).isEqualTo(result);
        assertThat(read(out)).isEqualTo(done);
    }

    @Test
    void shouldKeepWhatNobodyCanRead() {
        ConsumerRecord<byte[], byte[]> command = start("parcel", TYPE, Parcels.sent("p-1"));
        command.headers().remove("ce_sagastep");

        assertThat(router.route(command)).isInstanceOf(Brought.Dead.class);
    }

    private String erred(ConsumerRecord<byte[], byte[]> command) {
        ProducerRecord<byte[], byte[]> out = brought(command);
        assertThat(new String(out.key(), UTF_8)).isEqualTo(TOUR.value());
        SagaInput.Reply reply = (SagaInput.Reply) read(out);
        assertThat(reply.path()).isEqualTo("book");
        assertThat(reply.direction()).isEqualTo(Direction.ACTION);
        assertThat(List.of(reply.execution(), reply.attempt())).containsExactly(3, 2);
        return ((Outcome.Erred) reply.outcome()).code();
    }

    private ProducerRecord<byte[], byte[]> brought(ConsumerRecord<byte[], byte[]> command) {
        return ((Brought.ToInbox) router.route(command)).out();
    }

    private static SagaInput read(ProducerRecord<byte[], byte[]> out) {
        List<RawInput.Header> headers = new ArrayList<>();
        for (Header header : out.headers()) {
            headers.add(new RawInput.Header(header.key(), Bytes.wrap(header.value())));
        }
        RawInput raw =
                new RawInput(
                        new String(out.key(), UTF_8),
                        new Position(out.topic(), out.partition(), 1),
                        NOW,
                        Optional.ofNullable(out.value()).map(Bytes::wrap),
                        headers);
        InputReader reader =
                new InputReader(
                        id -> new SchemaStatus.Present(Parcels.SENT),
                        TokenKeys.NONE,
                        new MemoryStore());
        return ((Decoded.Readable) reader.decode(raw)).input();
    }

    private ConsumerRecord<byte[], byte[]> start(String definition, String type, byte[] event) {
        return start(definition, type, event, NOW);
    }

    private ConsumerRecord<byte[], byte[]> start(
            String definition, String type, byte[] event, Instant sentAt) {
        FrozenCommand content =
                new FrozenCommand(
                        ChildSagas.participant(definition),
                        ChildSagas.TOPIC,
                        type,
                        Bytes.utf8("replaced"),
                        NOW,
                        Optional.empty(),
                        false);
        OutRecord out =
                commands.write(
                        new Command(
                                TOUR,
                                1_000,
                                "tour",
                                Execution.action("book", 3),
                                2,
                                content,
                                1,
                                Optional.empty(),
                                Optional.empty()));
        return said(out, event, sentAt);
    }

    private static ConsumerRecord<byte[], byte[]> said(
            OutRecord out, byte[] value, Instant sentAt) {
        return new ConsumerRecord<>(
                out.topic(),
                0,
                7,
                sentAt.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                out.key(),
                value,
                out.headers(),
                Optional.empty());
    }
}
