package io.clew.language;

import io.clew.saga.Bytes;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The order saga's registry with a warehouse besides: events, a signal, results, commands. */
final class Warehouse {
    private static final int PICKED_UP = 301;
    private static final int STOCK_RESERVED = 304;
    private static final int APPROVED = 306;

    final Fixtures registry =
            Fixtures.ofOrders()
                    .with(
                            PICKED_UP,
                            "warehouse.events",
                            record(
                                    "PickedUp",
                                    field("orderId", "\"string\""),
                                    field("shelf", "\"string\""),
                                    field("skus", "{\"type\": \"array\", \"items\": \"string\"}")))
                    .with(
                            302,
                            "warehouse.commands",
                            record(
                                    "ReserveStock",
                                    field("orderId", "\"string\""),
                                    field("sku", "\"string\""),
                                    field("quantity", "\"int\""),
                                    field("position", "\"int\"")))
                    .with(
                            303,
                            "warehouse.commands",
                            record(
                                    "ReleaseStock",
                                    field("sku", "\"string\""),
                                    field("reservation", "[\"null\", \"string\"]"),
                                    field("reason", "\"string\"")))
                    .with(
                            STOCK_RESERVED,
                            "saga.inbox",
                            record(
                                    "StockReserved",
                                    field("sku", "\"string\""),
                                    field("reservation", "\"string\"")))
                    .with(
                            305,
                            "warehouse.commands",
                            record(
                                    "ReturnToShelf",
                                    field("shelf", "\"string\""),
                                    field("count", "\"int\"")))
                    .with(APPROVED, "saga.inbox", record("Approved", field("by", "\"string\"")))
                    .with(307, "warehouse.commands", record("Note", field("text", "\"string\"")));

    Bytes pickedUp(String orderId, String shelf, List<String> skus) {
        GenericRecord event = new GenericData.Record(registry.schema(PICKED_UP));
        event.put("orderId", orderId);
        event.put("shelf", shelf);
        event.put("skus", skus);
        return registry.frame(PICKED_UP, event);
    }

    Bytes stockReserved(String sku, String reservation) {
        GenericRecord result = new GenericData.Record(registry.schema(STOCK_RESERVED));
        result.put("sku", sku);
        result.put("reservation", reservation);
        return registry.frame(STOCK_RESERVED, result);
    }

    Bytes approved(String by) {
        GenericRecord signal = new GenericData.Record(registry.schema(APPROVED));
        signal.put("by", by);
        return registry.frame(APPROVED, signal);
    }

    /** A command as its fields in JSON. */
    String shown(Bytes command) {
        int id = java.nio.ByteBuffer.wrap(command.array()).getInt(1);
        Schema schema = registry.schema(id);
        return new io.clew.language.frame.FrameReader(schema, registry::byId)
                .read(command)
                .toString();
    }

    private static String record(String name, String... fields) {
        return "{\"type\": \"record\", \"namespace\": \"io.acme\", \"name\": \""
                + name
                + "\", \"fields\": ["
                + String.join(", ", fields)
                + "]}";
    }

    private static String field(String name, String type) {
        return "{\"name\": \"" + name + "\", \"type\": " + type + "}";
    }
}
