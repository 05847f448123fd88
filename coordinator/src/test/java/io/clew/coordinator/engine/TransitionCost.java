package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.avro.AvroFrame;
import io.clew.avro.SchemaStatus;
import io.clew.coordinator.definitions.DefinitionLanguage.Compiled;
import io.clew.coordinator.definitions.SagaLanguage;
import io.clew.coordinator.wire.OutRecord;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.coordinator.wire.TriggerWriter;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.language.CompiledDefinition;
import io.clew.language.PinnedSchema;
import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaMachine;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Prints what one transition costs the stream thread, brokers and producer left out: the real
 * processor over a real RocksDB store, three steps with CEL mappings and Avro payloads.
 *
 * <p>Arguments: sagas per round (default 20000), rounds (default 6).
 */
public final class TransitionCost {
    private static final int WINDOW = 1000;
    private static final int EVENT_ID = 11;
    private static final int COMMAND_ID = 12;
    private static final int RESULT_ID = 13;
    private static final Schema EVENT =
            SchemaBuilder.record("io.acme.Placed")
                    .fields()
                    .requiredString("orderId")
                    .requiredString("customerId")
                    .name("amount")
                    .type(LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES)))
                    .noDefault()
                    .requiredInt("lines")
                    .requiredString("note")
                    .endRecord();
    private static final Schema COMMAND =
            SchemaBuilder.record("io.acme.Do")
                    .fields()
                    .requiredString("orderId")
                    .requiredString("customerId")
                    .name("amount")
                    .type(LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES)))
                    .noDefault()
                    .requiredLong("lines")
                    .requiredString("note")
                    .endRecord();
    private static final Schema RESULT =
            SchemaBuilder.record("io.acme.Done")
                    .fields()
                    .requiredString("doneId")
                    .requiredString("note")
                    .endRecord();
    private static final String NOTE = "x".repeat(150);
    private static final String SOURCE =
            """
            saga: cost
            version: 1
            startedBy: { topic: order.events, event: io.acme.Placed, key: event.orderId }
            index: { customerId: event.customerId }
            steps:
              - step: one
                participant: alpha
                action:
                  command: io.acme.Do
                  result: io.acme.Done
                  with:
                    orderId: event.orderId
                    customerId: event.customerId
                    amount: event.amount
                    lines: event.lines
                    note: event.note
                compensation:
                  command: io.acme.Do
                  with:
                    orderId: event.orderId
                    customerId: event.customerId
                    amount: event.amount
                    lines: event.lines
                    note: event.note
              - step: two
                participant: beta
                action:
                  command: io.acme.Do
                  result: io.acme.Done
                  with:
                    orderId: event.orderId
                    customerId: steps.one.doneId
                    amount: event.amount
                    lines: "event.lines > 2 ? 3 : event.lines + 1"
                    note: event.note
                compensation:
                  command: io.acme.Do
                  with:
                    orderId: event.orderId
                    customerId: event.customerId
                    amount: event.amount
                    lines: event.lines
                    note: event.note
              - step: three
                participant: gamma
                action:
                  command: io.acme.Do
                  result: io.acme.Done
                  with:
                    orderId: event.orderId
                    customerId: event.customerId
                    amount: event.amount
                    lines: event.lines
                    note: event.note
                kind: retriable
            """;

    private final MockProcessorContext<byte[], OutRecord> context;
    private final SagaProcessor processor;
    private final EngineParts parts;
    private final DefinitionRef definition;
    private final Map<String, Integer> sent = new HashMap<>();
    private long offset;
    private long time = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    private TransitionCost(Path stateDir) {
        Map<Integer, Schema> byId = Map.of(EVENT_ID, EVENT, COMMAND_ID, COMMAND, RESULT_ID, RESULT);
        CompiledDefinition compiled = compile(byId);
        definition = compiled.definition().ref();
        parts =
                new EngineParts(
                        EngineSettings.of("nowhere:1", 1, stateDir.toString(), "localhost:1"),
                        "J3Yl8h2xQGmXyqFzY0w5Vg",
                        3,
                        ref -> Optional.of(compiled.definition()),
                        topic -> true,
                        id -> new SchemaStatus.Present(byId.get(id)),
                        TokenKeys.NONE,
                        (record, acknowledged) -> {},
                        (after, transition) -> {},
                        () -> 0,
                        new PartitionProgress(),
                        new EngineMetrics(),
                        () -> {});
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "cost");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSettings.class);
        context = new MockProcessorContext<>(config, new TaskId(0, 0), stateDir.toFile());
        LocalStores stores = new LocalStores();
        KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]> store =
                Stores.keyValueStoreBuilder(stores, Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingDisabled()
                        .withCachingDisabled()
                        .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(time);
        processor = new SagaProcessor(parts, stores);
        processor.init(context);
    }

    private static CompiledDefinition compile(Map<Integer, Schema> byId) {
        List<PinnedSchema> pins =
                List.of(
                        pin("order.events", EVENT_ID, EVENT),
                        pin("alpha.commands", COMMAND_ID, COMMAND),
                        pin("beta.commands", COMMAND_ID, COMMAND),
                        pin("gamma.commands", COMMAND_ID, COMMAND),
                        pin("saga.inbox", RESULT_ID, RESULT));
        SagaLanguage language =
                new SagaLanguage(
                        subject ->
                                pins.stream()
                                        .filter(it -> it.subject().equals(subject))
                                        .findFirst(),
                        byId::get);
        return switch (language.compile(SOURCE)) {
            case Compiled.Accepted it -> it.definition();
            case Compiled.Refused refused -> throw new AssertionError(refused.faults());
        };
    }

    private static PinnedSchema pin(String topic, int id, Schema schema) {
        return new PinnedSchema(topic + "-" + schema.getFullName(), id, schema);
    }

    private static byte[] event(String order) {
        GenericData.Record event = new GenericData.Record(EVENT);
        event.put("orderId", order);
        event.put("customerId", "c-" + order);
        event.put("amount", ByteBuffer.wrap(new BigDecimal("39.90").unscaledValue().toByteArray()));
        event.put("lines", 2);
        event.put("note", NOTE);
        return AvroFrame.encode(EVENT_ID, EVENT, event);
    }

    private static byte[] result(String order) {
        GenericData.Record done = new GenericData.Record(RESULT);
        done.put("doneId", "d-" + order);
        done.put("note", NOTE);
        return AvroFrame.encode(RESULT_ID, RESULT, done);
    }

    private ProducerRecord<byte[], byte[]> trigger(String order) {
        return TriggerWriter.write(
                parts.inbox(),
                SagaId.of(definition.name(), order),
                new SagaInput.Trigger(
                        definition,
                        SagaMachine.LOGIC_VERSION,
                        Bytes.wrap(event(order)),
                        Map.of("customerId", "c-" + order),
                        Optional.empty(),
                        Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                        Optional.empty()));
    }

    private static ProducerRecord<byte[], byte[]> reply(Record<byte[], OutRecord> command) {
        Headers headers = new RecordHeaders();
        for (Header header : command.headers()) {
            if (header.key().startsWith("ce_saga") || header.key().startsWith("trace")) {
                headers.add(header);
            }
        }
        headers.add(WireHeaders.KIND, "reply".getBytes(UTF_8));
        headers.add(WireHeaders.OUTCOME, "succeeded".getBytes(UTF_8));
        headers.add("ce_specversion", "1.0".getBytes(UTF_8));
        headers.add("ce_id", "0af7651916cd43dd8448eb211c80319c".getBytes(UTF_8));
        headers.add("ce_type", "io.acme.Done".getBytes(UTF_8));
        headers.add("ce_source", "/alpha".getBytes(UTF_8));
        headers.add("ce_time", "2026-03-01T10:00:00Z".getBytes(UTF_8));
        return new ProducerRecord<>(
                "saga.inbox", 0, command.key(), result(new String(command.key(), UTF_8)), headers);
    }

    /** The records that come in next, in order; what goes out becomes the ones after. */
    private void round(Deque<ProducerRecord<byte[], byte[]>> in, Measure measure) {
        while (!in.isEmpty()) {
            List<Record<byte[], byte[]>> records = new ArrayList<>();
            in.forEach(it -> records.add(new Record<>(it.key(), it.value(), time, it.headers())));
            in.clear();
            List<Record<byte[], OutRecord>> commands = new ArrayList<>();
            context.resetForwards();
            measure.start();
            for (Record<byte[], byte[]> record : records) {
                context.setRecordMetadata("saga.inbox", 0, offset++);
                processor.process(record);
            }
            measure.stop(records.size());
            for (CapturedForward<? extends byte[], ? extends OutRecord> out : context.forwarded()) {
                String sink = out.childName().orElseThrow();
                sent.merge(sink, 1, Integer::sum);
                if (sink.equals(SagaTopology.COMMANDS)) {
                    commands.add(
                            new Record<>(
                                    out.record().key(),
                                    out.record().value(),
                                    time,
                                    out.record().headers()));
                }
            }
            commands.forEach(it -> in.add(reply(it)));
            time += 5;
            context.setCurrentSystemTimeMs(time);
        }
    }

    private static final class Measure {
        private final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        private long nanos;
        private long bytes;
        private long transitions;
        private long startedAt;
        private long bytesAt;

        void start() {
            bytesAt = threads.getCurrentThreadAllocatedBytes();
            startedAt = threads.getCurrentThreadCpuTime();
        }

        void stop(int more) {
            nanos += threads.getCurrentThreadCpuTime() - startedAt;
            bytes += threads.getCurrentThreadAllocatedBytes() - bytesAt;
            transitions += more;
        }

        @Override
        public String toString() {
            return "%.2f us, %d bytes per transition (%d transitions)"
                    .formatted(nanos / 1000.0 / transitions, bytes / transitions, transitions);
        }
    }

    public static void main(String[] args) throws Exception {
        int sagas = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 6;
        Path dir = Files.createTempDirectory("cost");
        TransitionCost cost = new TransitionCost(dir);
        int next = 0;
        for (int round = 0; round < rounds; round++) {
            Measure measure = new Measure();
            cost.sent.clear();
            for (int done = 0; done < sagas; done += WINDOW) {
                Deque<ProducerRecord<byte[], byte[]>> in = new ArrayDeque<>();
                for (int i = 0; i < WINDOW; i++) {
                    in.add(cost.trigger("order-" + next++));
                }
                cost.round(in, measure);
            }
            System.out.println(measure + " " + cost.sent);
        }
        System.exit(0);
    }
}
