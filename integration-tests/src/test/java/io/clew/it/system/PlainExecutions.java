package io.clew.it.system;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a participant remembers of its executions, and rules 1 and 3 of the wire contract. It is all
 * in memory here: a real participant keeps it in the database its effects are in.
 */
public final class PlainExecutions {
    private static final PlainReply TOMBSTONE = PlainReply.failed("FENCED");

    private final Map<String, PlainReply> outcomes = new HashMap<>();

    /** Whatever the attempt: an execution has one outcome, and is acted on once. */
    public PlainReply answer(ConsumerRecord<?, byte[]> command, Supplier<PlainReply> act) {
        String id = PlainReply.header(command, "ce_id");
        String execution = id.substring(0, id.lastIndexOf('/'));
        PlainReply known = outcomes.get(execution);
        if (known != null) {
            return known;
        }
        PlainReply outcome = act.get();
        outcomes.put(execution, outcome);
        return outcome;
    }

    /**
     * Whether the action that a compensation takes back was done. Where it has not been, it never
     * will be: its key is taken from now on.
     */
    public boolean wasDone(ConsumerRecord<?, byte[]> compensation) {
        String action =
                String.join(
                        "/",
                        PlainReply.header(compensation, "ce_sagaid"),
                        PlainReply.header(compensation, "ce_sagarun"),
                        PlainReply.header(compensation, "ce_sagastep"),
                        "action",
                        PlainReply.header(compensation, "ce_sagacompensates"));
        PlainReply done = outcomes.putIfAbsent(action, TOMBSTONE);
        return done != null && done.outcome().equals("succeeded");
    }
}
