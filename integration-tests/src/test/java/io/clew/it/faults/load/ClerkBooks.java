package io.clew.it.faults.load;

import io.clew.it.system.PlainExecutions;
import io.clew.it.system.PlainReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the clerk has done, each execution once. It lives as long as the run, so memory is as good
 * as a database.
 */
public final class ClerkBooks {
    private final PlainExecutions executions = new PlainExecutions();
    private final Map<String, List<Effect>> effects = new HashMap<>();

    /**
     * Something done once.
     *
     * @param step its path
     * @param undo whether it took back what had been done
     */
    public record Effect(String step, boolean undo) {}

    synchronized PlainReply answer(ConsumerRecord<?, byte[]> command, ErrandKind kind) {
        return executions.answer(command, () -> act(command, kind));
    }

    private PlainReply act(ConsumerRecord<?, byte[]> command, ErrandKind kind) {
        String step = PlainReply.header(command, "ce_sagastep");
        if (PlainReply.header(command, "ce_sagadirection").equals("compensation")) {
            if (executions.wasDone(command)) {
                note(command, new Effect(step, true));
            }
        } else if (kind.refuses(step)) {
            return PlainReply.failed(ErrandKind.DECLINED);
        } else {
            note(command, new Effect(step, false));
        }
        return PlainReply.succeeded();
    }

    private void note(ConsumerRecord<?, byte[]> command, Effect effect) {
        effects.computeIfAbsent(PlainReply.header(command, "ce_sagaid"), one -> new ArrayList<>())
                .add(effect);
    }

    /** What was done for a saga, in that order. */
    public synchronized List<Effect> of(String sagaId) {
        return List.copyOf(effects.getOrDefault(sagaId, List.of()));
    }
}
