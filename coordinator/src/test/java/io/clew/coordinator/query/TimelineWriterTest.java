package io.clew.coordinator.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.clew.avro.AvroFrame;
import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.avro.RegistryUnavailableException;
import io.clew.coordinator.wire.Standing;
import io.clew.coordinator.wire.TransitionWriter;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import io.clew.schema.SagaTransition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TimelineWriterTest {

    private static final int TRANSITION = 3;
    private static final int OTHER = 4;
    private static final Schema FOREIGN =
            SchemaBuilder.record("io.acme.Note").fields().requiredString("text").endRecord();

    private final SagaInstance saga = Sagas.compensating("order:o-1");
    private final TimelineWriter timeline =
            new TimelineWriter(saga.id(), TimelineWriterTest::schema);

    private static Schema schema(int id) {
        return switch (id) {
            case TRANSITION -> SagaTransition.getClassSchema();
            case OTHER -> FOREIGN;
            default -> throw new IllegalArgumentException("there is no schema " + id);
        };
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>("saga.events", 2, offset, "order:o-1".getBytes(UTF_8), value);
    }

    private byte[] transition() {
        Transition transition =
                new Transition(
                        saga.id(),
                        saga.run(),
                        saga.revision(),
                        saga.time(),
                        saga.position(),
                        "intervention",
                        List.of(new SagaEvent.SagaPaused()),
                        Optional.empty());
        return new TransitionWriter(TRANSITION, "saga.inbox").write(transition, Standing.of(saga));
    }

    @Test
    void shouldKnowHowFarItReaches() {
        // given
        boolean nothingOfAStatusWithoutRevision = timeline.reaches(0, 0);
        boolean nothing = timeline.reaches(saga.run(), saga.revision());

        // when
        timeline.add(record(0, transition()));

        // then
        assertThat(nothingOfAStatusWithoutRevision).isTrue();
        assertThat(nothing).isFalse();
        assertThat(timeline.reaches(saga.run(), saga.revision())).isTrue();
        assertThat(timeline.reaches(saga.run(), saga.revision() + 1)).isFalse();
        assertThat(timeline.reaches(saga.run() + 1, 1)).isFalse();
        assertThat(timeline.reaches(saga.run() - 1, saga.revision() + 1)).isTrue();
    }

    @Test
    void shouldLeaveOutAndTellOfRecordsThatAreNoTransitions() {
        // given
        GenericData.Record note = new GenericData.Record(FOREIGN);
        note.put("text", "hello");

        // when
        timeline.add(record(0, transition()));
        timeline.add(record(1, "no Avro at all".getBytes(UTF_8)));
        timeline.add(record(2, AvroFrame.encode(OTHER, FOREIGN, note)));
        timeline.add(record(3, AvroFrame.frame(99, new byte[] {1})));
        timeline.add(record(4, AvroFrame.frame(TRANSITION, new byte[] {1})));
        timeline.add(record(5, transition()));

        // then
        Timeline written = timeline.written(true);
        assertThat(written.entries())
                .extracting(Timeline.Entry::revision, it -> it.cause().kind())
                .containsExactly(
                        tuple(saga.revision(), "intervention"),
                        tuple(saga.revision(), "intervention"));
        assertThat(written.unreadable())
                .extracting(Timeline.Unreadable::partition, Timeline.Unreadable::offset)
                .containsExactly(tuple(2, 1L), tuple(2, 2L), tuple(2, 3L), tuple(2, 4L));
        assertThat(timeline.size()).isEqualTo(6);
    }

    @Test
    void shouldNotCallForeignWhatNobodyCanReadAtPresent() {
        // given
        RegistryConfig nobody =
                RegistryConfig.of("http://127.0.0.1:1").withRetries(0, Duration.ofMillis(1));

        try (RegistryClient registry = new RegistryClient(nobody)) {
            TimelineWriter waiting = new TimelineWriter(saga.id(), registry::schemaById);

            // then
            assertThatThrownBy(() -> waiting.add(record(0, transition())))
                    .isInstanceOf(RegistryUnavailableException.class);
            assertThat(waiting.size()).isZero();
        }
    }
}
