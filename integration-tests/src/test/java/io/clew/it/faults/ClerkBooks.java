package io.clew.it.faults;

import io.clew.it.system.PlainReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the clerk has done, and the rules by which it answers. It lives as long as the run, so
 * memory is as good as a database.
 */
final class ClerkBooks {
    private static final String ACTION = "action";
    private static final PlainReply TOMBSTONE = PlainReply.failed("FENCED");

    private final Map<String, PlainReply> outcomes = new HashMap<>();
    private final Map<String, List<Effect>> effects = new HashMap<>();

    /**
     * Something done once.
     *
     * @param step its path
     * @param undo whether it took back what had been done
     */
    record Effect(String step, boolean undo) {}

    /** Whatever the attempt: an execution has one outcome, and at most one effect. */
    synchronized PlainReply answer(ConsumerRecord<?, byte[]> command, ErrandKind kind) {
        String id = PlainReply.header(command, "ce_id");
        String execution = id.substring(0, id.lastIndexOf('/'));
        PlainReply known = outcomes.get(execution);
        if (known != null) {
            return known;
        }
        PlainReply outcome = act(command, kind);
        outcomes.put(execution, outcome);
        return outcome;
    }

    private PlainReply act(ConsumerRecord<?, byte[]> command, ErrandKind kind) {
        String step = PlainReply.header(command, "ce_sagastep");
        if (!PlainReply.header(command, "ce_sagadirection").equals(ACTION)) {
            return takeBack(command, step);
        }
        if (kind.refuses(step)) {
            return PlainReply.failed(ErrandKind.DECLINED);
        }
        note(command, new Effect(step, false));
        return PlainReply.succeeded();
    }

    /** Where the action has not been, it never will be: its key is taken from now on. */
    private PlainReply takeBack(ConsumerRecord<?, byte[]> command, String step) {
        String action =
                String.join(
                        "/",
                        PlainReply.header(command, "ce_sagaid"),
                        PlainReply.header(command, "ce_sagarun"),
                        step,
                        ACTION,
                        PlainReply.header(command, "ce_sagacompensates"));
        PlainReply done = outcomes.putIfAbsent(action, TOMBSTONE);
        if (done != null && done.outcome().equals("succeeded")) {
            note(command, new Effect(step, true));
        }
        return PlainReply.succeeded();
    }

    private void note(ConsumerRecord<?, byte[]> command, Effect effect) {
        effects.computeIfAbsent(PlainReply.header(command, "ce_sagaid"), one -> new ArrayList<>())
                .add(effect);
    }

    /** What was done for a saga, in that order. */
    synchronized List<Effect> of(String sagaId) {
        return List.copyOf(effects.getOrDefault(sagaId, List.of()));
    }
}
