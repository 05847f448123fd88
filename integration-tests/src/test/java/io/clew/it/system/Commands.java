package io.clew.it.system;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands on the command topics, aborted transactions included. */
public final class Commands {
    /** The command topics of the reference participants. */
    public static final List<String> TOPICS =
            List.of("order.commands", "payment.commands", "shipping.commands");

    private final Topic topic;

    public Commands(Topic topic) {
        this.topic = topic;
    }

    /** All records of this saga on all command topics, oldest first. */
    public List<ConsumerRecord<String, byte[]>> of(String sagaId) {
        return topic.readUncommitted(TOPICS).stream()
                .filter(it -> sagaId.equals(it.key()))
                .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                .toList();
    }

    /** Simple names of the commands of this saga in the order of their first sending. */
    public List<String> namesOf(String sagaId) {
        Map<String, String> byIdentity = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> command : of(sagaId)) {
            String id = Topic.header(command, "ce_id");
            String type = Topic.header(command, "ce_type");
            byIdentity.putIfAbsent(
                    id.substring(0, id.lastIndexOf('/')),
                    type.substring(type.lastIndexOf('.') + 1));
        }
        return List.copyOf(byIdentity.values());
    }
}
