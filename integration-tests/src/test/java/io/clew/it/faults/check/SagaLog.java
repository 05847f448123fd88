package io.clew.it.faults.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.it.faults.load.Errands;
import io.clew.it.system.Sagas;
import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The stories of all sagas, from the committed records of {@code saga.events}, and how long each
 * record of the inbox waited for its transition. The topics must tell the instant of writing.
 */
public final class SagaLog {
    private static final int FRAME = 5;

    private final Map<String, SagaStory> stories = new HashMap<>();
    private final Map<String, Long> orders = new HashMap<>();
    private final Map<Integer, LongList> arrivals = new HashMap<>();
    private final Map<Integer, LongList> handled = new HashMap<>();
    private final Map<Integer, Map<Integer, Cause>> causes = new HashMap<>();
    private final SpecificDatumReader<SagaTransition> reader =
            new SpecificDatumReader<>(SagaTransition.getClassSchema());
    private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);
    private long transitions;

    /**
     * One record of the inbox.
     *
     * @param cause what it was
     * @param arrivedAt when it came, in epoch milliseconds
     * @param writtenAt when its transition was written
     */
    public record Handled(Cause cause, long arrivedAt, long writtenAt) {
        public long waited() {
            return writtenAt - arrivedAt;
        }

        /** The part of its waiting that comes after this instant. */
        public Handled since(long instant) {
            return new Handled(cause, Math.max(arrivedAt, instant), writtenAt);
        }
    }

    /** What came for whom, and what became of it. */
    public record Cause(String sagaId, String kind, String outcome, int partition, long offset) {

        static Cause of(SagaTransition next) {
            TransitionCause cause = next.getCause();
            return new Cause(
                    next.getSagaId(),
                    cause.getKind(),
                    next.getRejection() == null ? next.getPhase() : next.getRejection(),
                    cause.getPartition(),
                    cause.getOffset());
        }
    }

    /** Takes the next record of {@code order.events}; the first of an order starts its saga. */
    public void order(ConsumerRecord<byte[], byte[]> record) {
        String sagaId = Sagas.ofOrder(new String(record.key(), UTF_8));
        orders.merge(sagaId, record.timestamp(), Math::min);
    }

    /** Takes the next record of the inbox. */
    public void arrival(ConsumerRecord<byte[], byte[]> record) {
        arrivals.computeIfAbsent(record.partition(), one -> new LongList())
                .set((int) record.offset(), record.timestamp());
    }

    /** Takes the next record of {@code saga.events}. */
    public void transition(ConsumerRecord<byte[], byte[]> record) {
        SagaTransition next = decode(record.value());
        String key = new String(record.key(), UTF_8);
        SagaStory story = stories.computeIfAbsent(next.getSagaId(), SagaStory::new);
        if (!key.equals(next.getSagaId())) {
            throw new IllegalStateException(
                    "Expected key %s but it is %s".formatted(next.getSagaId(), key));
        }
        story.add(next, record.timestamp());
        TransitionCause cause = next.getCause();
        handled.computeIfAbsent(cause.getPartition(), one -> new LongList())
                .set((int) cause.getOffset(), record.timestamp());
        causes.computeIfAbsent(cause.getPartition(), one -> new HashMap<>())
                .put((int) cause.getOffset(), Cause.of(next));
        transitions++;
    }

    private SagaTransition decode(byte[] framed) {
        decoder = DecoderFactory.get().binaryDecoder(framed, FRAME, framed.length - FRAME, decoder);
        try {
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every saga's story by saga id. */
    public Map<String, SagaStory> stories() {
        return stories;
    }

    /** When the order of a saga was placed, in epoch milliseconds. */
    public OptionalLong orderedAt(String sagaId) {
        Long at = orders.get(sagaId);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    public long transitions() {
        return transitions;
    }

    public long open() {
        return open("");
    }

    /** Open sagas whose ids begin so. */
    public long open(String prefix) {
        return stories.values().stream()
                .filter(story -> story.sagaId().startsWith(prefix))
                .filter(story -> !story.hasEnded() && !story.hasIncident())
                .count();
    }

    /** Sagas that somebody asked for: all but children. */
    public long asked() {
        return stories.keySet().stream().filter(id -> !Errands.isChild(id)).count();
    }

    /** Hands over every record of the inbox that has had a transition. */
    public void eachHandled(Consumer<Handled> reader) {
        handled.forEach(
                (partition, written) -> {
                    long[] times = written.toArray();
                    for (int offset = 0; offset < times.length; offset++) {
                        long arrived = arrivals.get(partition).get(offset);
                        if (times[offset] > 0 && arrived > 0) {
                            Cause cause = causes.get(partition).get(offset);
                            reader.accept(new Handled(cause, arrived, times[offset]));
                        }
                    }
                });
    }
}
