package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.coordinator.wire.InputReader;
import io.clew.coordinator.wire.OutRecord;
import io.clew.saga.Bytes;
import io.clew.saga.Effect;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaId;
import io.clew.saga.SagaShell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the records of one inbox partition, one after the other. No record stops the partition: one
 * the engine itself fails on is kept with its saga, under an incident.
 */
final class SagaProcessor implements Processor<byte[], byte[], byte[], OutRecord> {
    private static final Logger LOGGER = LoggerFactory.getLogger(SagaProcessor.class);

    private final EngineParts parts;
    private final LocalStores stores;
    private final BrokerClock clock = new BrokerClock();
    private Desk desk;

    @SuppressWarnings("NullAway.Init")
    SagaProcessor(EngineParts parts, LocalStores stores) {
        this.parts = parts;
        this.stores = stores;
    }

    /** What belongs to the one task this processor serves. */
    private record Desk(
            ProcessorContext<byte[], OutRecord> context,
            StoreRows rows,
            OutputWriter writer,
            SagaShell<Prepared> shell,
            Housekeeping housekeeping,
            InboxIdentity identity,
            Cadence cadence) {

        int partition() {
            return context.taskId().partition();
        }
    }

    @Override
    public void init(ProcessorContext<byte[], OutRecord> context) {
        KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]> store =
                context.getStateStore(SagaTopology.STORE);
        StoreRows rows = new StoreRows(store, stores.of(context.taskId().partition()));
        List<OutputWriter> writers = new ArrayList<>();
        List<SagaShell<Prepared>> shells = new ArrayList<>();
        Housekeeping housekeeping =
                new Housekeeping(
                        rows,
                        parts,
                        clock,
                        context,
                        watcher -> {
                            OutputWriter writer = new OutputWriter(context, parts, rows, watcher);
                            writers.add(writer);
                            SagaShell<Prepared> shell = shell(rows, writer);
                            shells.add(shell);
                            return shell;
                        });
        InboxIdentity identity = InboxIdentity.of(rows, parts);
        Cadence cadence = new Cadence(context, this::tick);
        desk =
                new Desk(
                        context,
                        rows,
                        writers.get(0),
                        shells.get(0),
                        housekeeping,
                        identity,
                        cadence);
        parts.progress()
                .opened(desk.partition(), context.currentSystemTimeMs(), identity.refusal());
        if (identity.refusal().isPresent()) {
            LOGGER.error("Partition {} does not process: {}", desk.partition(), identity.refusal());
            parts.refused().run();
        }
        cadence.begin();
    }

    private SagaShell<Prepared> shell(StoreRows rows, OutputWriter writer) {
        return new SagaShell<>(
                new InputReader(parts.schemas(), parts.tokens(), rows),
                parts.definitions(),
                rows,
                writer);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = desk.context().recordMetadata().orElseThrow();
        desk.identity().check(desk.rows());
        clock.heard(record.timestamp(), desk.context().currentSystemTimeMs());
        parts.metrics().inputs.increment();
        RawInput raw = raw(record, at);
        Optional<SagaId> saga = Keys.sagaId(record.key());
        if (saga.isEmpty() && desk.shell().forAll(raw)) {
            LOGGER.info("Partition {} has taken a request about {}", at.partition(), raw.key());
        } else if (saga.isEmpty()) {
            desk.writer()
                    .deadLetter(
                            record.key(),
                            new Effect.DeadLetter(
                                    raw, "BAD_SAGA_ID", "Expected a saga id as the record's key"));
        } else if (parts.inbox().partitionOf(record.key()) != at.partition()) {
            parts.metrics().misrouted.increment();
            desk.housekeeping().misrouted().keep(saga.get(), raw);
        } else {
            take(saga.get(), raw);
        }
        parts.progress().processed(at.partition(), at.offset());
        if (desk.cadence().isSlow()) {
            desk.cadence().keep(desk.housekeeping().restsFor(Cadence.SLOW.toMillis()));
        }
    }

    private void take(SagaId saga, RawInput raw) {
        try {
            desk.shell().process(raw);
        } catch (KafkaException fatal) {
            throw fatal;
        } catch (RuntimeException broken) {
            isolate(saga, raw, broken);
        }
    }

    private void isolate(SagaId saga, RawInput raw, RuntimeException broken) {
        LOGGER.error(
                "Expected to process offset {} of partition {} for saga {} but could not",
                raw.position().offset(),
                raw.position().partition(),
                saga,
                broken);
        parts.metrics().isolated.increment();
        desk.shell().isolate(saga, raw, broken);
    }

    private RawInput raw(Record<byte[], byte[]> record, RecordMetadata at) {
        Header[] all = record.headers().toArray();
        RawInput.Header[] headers = new RawInput.Header[all.length];
        for (int i = 0; i < all.length; i++) {
            byte[] value = all[i].value();
            headers[i] =
                    new RawInput.Header(
                            all[i].key(), Bytes.wrap(value == null ? new byte[0] : value));
        }
        byte[] key = record.key();
        return new RawInput(
                key == null ? "" : new String(key, UTF_8),
                new Position(parts.inboxTopicId(), at.partition(), at.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                Optional.ofNullable(record.value()).map(Bytes::wrap),
                List.of(headers));
    }

    private void tick(long now) {
        parts.progress().ticked(desk.partition(), now);
        if (desk.identity().refusal().isEmpty()) {
            desk.housekeeping().tick(now);
            parts.progress().kept(desk.partition(), desk.housekeeping().kept());
        }
        desk.cadence().keep(desk.housekeeping().restsFor(Cadence.SLOW.toMillis()));
    }

    @Override
    public void close() {
        if (desk != null) {
            desk.cadence().end();
            parts.progress().closed(desk.partition());
        }
    }
}
