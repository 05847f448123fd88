package io.clew.language;

import io.clew.language.frame.FrameWriter;
import io.clew.saga.Bytes;
import io.clew.saga.Failure;
import io.clew.saga.MappingException;
import io.clew.saga.MappingScope;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** A registry in memory with the order schemas, and an order. */
final class Fixtures implements SchemaCatalog, WriterSchemas {

    static final Instant STARTED = Instant.parse("2026-01-31T12:00:00Z");

    private final Map<String, PinnedSchema> latest = new TreeMap<>();
    private final Map<Integer, Schema> byId = new HashMap<>();

    static Fixtures empty() {
        return new Fixtures();
    }

    /** Everything the services of the order saga register. */
    static Fixtures ofOrders() {
        return new Fixtures()
                .with(101, "order.events", avsc("order/order-placed"))
                .with(102, "order.commands", avsc("order/create-order"))
                .with(103, "order.commands", avsc("order/cancel-order"))
                .with(104, "order.commands", avsc("order/confirm-order"))
                .with(105, "payment.commands", avsc("payment/charge-payment"))
                .with(106, "payment.commands", avsc("payment/refund-payment"))
                .with(107, "saga.inbox", avsc("payment/payment-charged"))
                .with(108, "shipping.commands", avsc("shipping/book-shipment"))
                .with(109, "shipping.commands", avsc("shipping/cancel-shipment"));
    }

    Fixtures with(int id, String topic, String schema) {
        Schema parsed = new Schema.Parser().parse(schema);
        String subject = topic + "-" + parsed.getFullName();
        latest.put(subject, new PinnedSchema(subject, id, parsed));
        byId.put(id, parsed);
        return this;
    }

    Schema schema(int id) {
        return byId.get(id);
    }

    @Override
    public Optional<PinnedSchema> latest(String subject) {
        return Optional.ofNullable(latest.get(subject));
    }

    @Override
    public Schema byId(int id) {
        Schema schema = byId.get(id);
        if (schema == null) {
            throw new MappingException("Expected a schema of id " + id + " but there is none");
        }
        return schema;
    }

    Compilation compile(String source) {
        return new DefinitionCompiler().compile(source, this, this);
    }

    /** Compiled, and nothing an editor would underline. */
    CompiledDefinition accepted(String source) {
        return switch (compile(source)) {
            case Compilation.Accepted accepted -> {
                EditorSchema.shouldAccept(source);
                yield accepted.definition();
            }
            case Compilation.Refused refused ->
                    throw new AssertionError("Expected no faults but got " + refused.faults());
        };
    }

    List<Fault> warned(String source) {
        return switch (compile(source)) {
            case Compilation.Accepted accepted -> accepted.warnings();
            case Compilation.Refused refused ->
                    throw new AssertionError("Expected no faults but got " + refused.faults());
        };
    }

    List<Fault> refused(String source) {
        return switch (compile(source)) {
            case Compilation.Accepted accepted ->
                    throw new AssertionError("Expected faults but got " + accepted);
            case Compilation.Refused refused -> refused.faults();
        };
    }

    /** An order of two lines over 39.90 EUR. */
    Bytes orderPlaced() {
        Schema schema = schema(101);
        GenericRecord order = new GenericData.Record(schema);
        order.put("orderId", "o-1");
        order.put("customerId", "c-7");
        Schema lines = schema.getField("lines").schema();
        order.put(
                "lines",
                List.of(
                        line(lines.getElementType(), "sku-a", 2, "9.95"),
                        line(lines.getElementType(), "sku-b", 1, "20.00")));
        order.put(
                "currency",
                new GenericData.EnumSymbol(schema.getField("currency").schema(), "EUR"));
        order.put("totalAmount", decimal("39.90"));
        order.put("paymentToken", "tok_visa");
        GenericRecord address = new GenericData.Record(schema.getField("shippingAddress").schema());
        address.put("name", "Ada Lovelace");
        address.put("street", "12 St James's Square");
        address.put("city", "London");
        address.put("postalCode", "SW1Y 4JH");
        address.put("country", "GB");
        order.put("shippingAddress", address);
        order.put("placedAt", STARTED.toEpochMilli());
        return frame(101, order);
    }

    Bytes paymentCharged() {
        Schema schema = schema(107);
        GenericRecord charged = new GenericData.Record(schema);
        charged.put("paymentId", "p-9");
        charged.put("orderId", "o-1");
        charged.put("amount", decimal("39.90"));
        charged.put(
                "currency",
                new GenericData.EnumSymbol(schema.getField("currency").schema(), "EUR"));
        charged.put("chargedAt", STARTED.toEpochMilli());
        return frame(107, charged);
    }

    Bytes frame(int id, GenericRecord record) {
        return new FrameWriter(id, record.getSchema()).write(record);
    }

    static ByteBuffer decimal(String text) {
        return ByteBuffer.wrap(new BigDecimal(text).unscaledValue().toByteArray());
    }

    static MappingScope scope(Bytes event, Map<String, Bytes> outputs) {
        return new MappingScope(
                SagaId.of("order-fulfilment", "o-1"),
                STARTED.toEpochMilli(),
                STARTED,
                event,
                outputs,
                Optional.of(new Failure("OUT_OF_STOCK", "none left", "bookShipment")),
                List.of(),
                Optional.empty());
    }

    /** What an item of loops sees. */
    static MappingScope at(MappingScope scope, Integer... indices) {
        return new MappingScope(
                scope.saga(),
                scope.run(),
                scope.startedAt(),
                scope.event(),
                scope.outputs(),
                scope.failure(),
                List.of(indices),
                scope.received());
    }

    /** What is seen of something that has arrived. */
    static MappingScope received(MappingScope scope, Bytes received) {
        return new MappingScope(
                scope.saga(),
                scope.run(),
                scope.startedAt(),
                scope.event(),
                scope.outputs(),
                scope.failure(),
                scope.indices(),
                Optional.of(received));
    }

    static Bytes action(SagaDefinition definition, String step, MappingScope scope) {
        return definition.step(step).action().mapping().render(scope);
    }

    static Bytes compensation(SagaDefinition definition, String step, MappingScope scope) {
        return definition.step(step).compensation().orElseThrow().mapping().render(scope);
    }

    static String orderSaga() {
        return resource("/order-fulfilment.yaml");
    }

    static String resource(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericRecord line(Schema schema, String sku, int quantity, String price) {
        GenericRecord line = new GenericData.Record(schema);
        line.put("sku", sku);
        line.put("quantity", quantity);
        line.put("unitPrice", decimal(price));
        return line;
    }

    private static String avsc(String name) {
        Path root = Path.of(System.getProperty("clew.root", ".."));
        try {
            return Files.readString(root.resolve("schemas/src/main/avro/" + name + ".avsc"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
