package io.clew.it;

import io.clew.it.system.Framed;
import io.clew.it.system.PlainExecutions;
import io.clew.it.system.PlainReply;
import io.clew.shipping.BookShipment;
import io.clew.shipping.CancelShipment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a participant does about commands to ship, each execution once. */
final class PlainBooks {
    private final PlainExecutions executions = new PlainExecutions();
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

    synchronized PlainReply answer(ConsumerRecord<?, byte[]> command) {
        return executions.answer(command, () -> act(command));
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

    private PlainReply takeBack(ConsumerRecord<?, byte[]> command, CancelShipment cancel) {
        if (executions.wasDone(command)) {
            booked.remove(cancel.getOrderId());
            cancelled.add(cancel.getOrderId());
        }
        return PlainReply.succeeded();
    }
}
