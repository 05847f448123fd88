package io.clew.it;

import io.clew.it.system.Framed;
import io.clew.it.system.PlainReply;
import io.clew.shipping.BookShipment;
import io.clew.shipping.CancelShipment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a participant remembers of its executions, and the rules by which it answers. It is all in
 * memory here: a real participant keeps it in the database its effects are in.
 */
final class PlainBooks {
    private static final PlainReply TOMBSTONE = PlainReply.failed("FENCED");

    private final Map<String, PlainReply> outcomes = new HashMap<>();
    private final Map<String, String> booked = new HashMap<>();
    private final List<String> cancelled = new ArrayList<>();

    /** City each order is shipped to. */
    synchronized Map<String, String> booked() {
        return Map.copyOf(booked);
    }

    /** Orders that were booked and then taken back. */
    synchronized List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    /** Whatever the attempt: an execution has one outcome, and one effect. */
    synchronized PlainReply answer(ConsumerRecord<?, byte[]> command) {
        String id = PlainReply.header(command, "ce_id");
        String execution = id.substring(0, id.lastIndexOf('/'));
        PlainReply known = outcomes.get(execution);
        if (known != null) {
            return known;
        }
        PlainReply outcome = act(command);
        outcomes.put(execution, outcome);
        return outcome;
    }

    private PlainReply act(ConsumerRecord<?, byte[]> command) {
        String type = PlainReply.header(command, "ce_type");
        return switch (type) {
            case "io.clew.shipping.BookShipment" ->
                    book(Framed.read(command.value(), new BookShipment()));
            case "io.clew.shipping.CancelShipment" ->
                    takeBack(command, Framed.read(command.value(), new CancelShipment()));
            default -> throw new IllegalArgumentException("unknown command " + type);
        };
    }

    private PlainReply book(BookShipment command) {
        if (command.getAddress().getCountry().equals("AQ")) {
            return PlainReply.failed("UNDELIVERABLE");
        }
        booked.put(command.getOrderId(), command.getAddress().getCity());
        return PlainReply.succeeded();
    }

    /** Where the action has not been, it never will be: its key is taken from now on. */
    private PlainReply takeBack(ConsumerRecord<?, byte[]> command, CancelShipment cancel) {
        String action =
                String.join(
                        "/",
                        PlainReply.header(command, "ce_sagaid"),
                        PlainReply.header(command, "ce_sagarun"),
                        PlainReply.header(command, "ce_sagastep"),
                        "action",
                        PlainReply.header(command, "ce_sagacompensates"));
        PlainReply done = outcomes.putIfAbsent(action, TOMBSTONE);
        if (done != null && done.outcome().equals("succeeded")) {
            booked.remove(cancel.getOrderId());
            cancelled.add(cancel.getOrderId());
        }
        return PlainReply.succeeded();
    }
}
