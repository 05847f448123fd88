package io.clew.benchmark.load;

import io.clew.avro.AvroFrame;
import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The records of the measured saga, with the ids the registry has given their schemas. */
public final class OrderSchemas {

    /** The saga most figures are about. */
    public static final String ORDER_SAGA = "order-saga-3";

    /** Who takes the steps, in turn. */
    public static final List<String> PARTICIPANTS = List.of("stock", "payment", "shipping");

    /** Who has commands and never reads them. */
    public static final String NOBODY = "nobody";

    static final Schema PLACED = schema("order-placed");
    static final Schema DO = schema("do-step");
    static final Schema UNDO = schema("undo-step");
    static final Schema DONE = schema("step-done");

    /** Brings each record to about 200 bytes. */
    static final String NOTE = "n".repeat(120);

    private static final int CUSTOMERS = 1000;
    private static final String INBOX = "saga.inbox";

    private final int placedId;
    private final int doneId;

    private OrderSchemas(int placedId, int doneId) {
        this.placedId = placedId;
        this.doneId = doneId;
    }

    /** Topic of the events that start sagas of a definition. */
    public static String triggers(String definition) {
        return definition + ".events";
    }

    /** Registers all of them, each under the topics it is found on. */
    public static OrderSchemas registered(String registry, String definition) {
        try (var client = new RegistryClient(RegistryConfig.of(registry))) {
            PARTICIPANTS.forEach(participant -> commands(client, participant));
            commands(client, NOBODY);
            return new OrderSchemas(
                    client.register(subject(triggers(definition), PLACED), PLACED),
                    client.register(subject(INBOX, DONE), DONE));
        }
    }

    private static void commands(RegistryClient client, String participant) {
        String topic = participant + ".commands";
        client.register(subject(topic, DO), DO);
        client.register(subject(topic, UNDO), UNDO);
    }

    byte[] placed(String orderId, boolean refuse) {
        GenericRecord order = new GenericData.Record(PLACED);
        order.put("orderId", orderId);
        order.put("customerId", customer(orderId));
        order.put("amount", 12_345L);
        order.put("refuse", refuse);
        order.put("note", NOTE);
        return AvroFrame.encode(placedId, PLACED, order);
    }

    static String customer(String orderId) {
        return "customer-" + Math.floorMod(orderId.hashCode(), CUSTOMERS);
    }

    byte[] done(String orderId) {
        GenericRecord result = new GenericData.Record(DONE);
        result.put("orderId", orderId);
        result.put("reference", "reference-of-" + orderId);
        result.put("note", NOTE);
        return AvroFrame.encode(doneId, DONE, result);
    }

    private static String subject(String topic, Schema schema) {
        return topic + "-" + schema.getFullName();
    }

    private static Schema schema(String name) {
        String file = "/order-saga-3/" + name + ".avsc";
        try (InputStream text = OrderSchemas.class.getResourceAsStream(file)) {
            return new Schema.Parser().parse(Objects.requireNonNull(text, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
