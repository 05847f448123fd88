package io.clew.language.builder;

import io.clew.saga.Failure;
import io.clew.saga.FailurePolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One await: of a signal, or of an event of a topic. */
public final class AwaitBuilder implements NodeBuilder {

    private final Map<String, Object> tree = new LinkedHashMap<>();

    AwaitBuilder(String name) {
        tree.put("await", name);
    }

    /** Full name of the signal's record. */
    public AwaitBuilder signal(String record) {
        tree.put("signal", record);
        return this;
    }

    /** The signal, by the class of its record. */
    public AwaitBuilder signal(Class<? extends SpecificRecord> record) {
        return signal(Trees.recordName(record));
    }

    /**
     * The event.
     *
     * @param topic where it is published
     * @param event full name of its record
     * @param key which saga it is for, an expression over {@code received}
     */
    public AwaitBuilder event(String topic, String event, String key) {
        tree.put("topic", topic);
        tree.put("event", event);
        tree.put("key", key);
        return this;
    }

    /** The event, by the class of its record. */
    public AwaitBuilder event(String topic, Class<? extends SpecificRecord> event, String key) {
        return event(topic, Trees.recordName(event), key);
    }

    /** Whether an event that has arrived is meant; any is if nothing is said. */
    public AwaitBuilder match(String expression) {
        tree.put("match", expression);
        return this;
    }

    /** How long it waits; as long as the saga's deadline if nothing is said. */
    public AwaitBuilder timeout(Duration timeout) {
        tree.put("timeout", timeout.toString());
        return this;
    }

    /** What takes back what the event told of. */
    public AwaitBuilder compensation(String participant, CommandBuilder compensation) {
        Map<String, Object> undo = new LinkedHashMap<>();
        undo.put("participant", participant);
        undo.putAll(compensation.tree());
        tree.put("compensation", undo);
        return this;
    }

    /** What it leads to that nothing came in time. */
    public AwaitBuilder onTimeout(FailurePolicy policy) {
        tree.put("onFailure", Map.of(Failure.TIMED_OUT, Trees.policy(policy)));
        return this;
    }

    @Override
    public Map<String, Object> tree() {
        return new LinkedHashMap<>(tree);
    }
}
