package io.clew.language.builder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** A definition that is being written; see {@link Sagas}. */
public final class SagaBuilder {

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, String> index = new LinkedHashMap<>();
    private final List<Object> steps = new ArrayList<>();

    SagaBuilder(String name) {
        tree.put("saga", name);
    }

    /** Its version, from 1. */
    public SagaBuilder version(int version) {
        tree.put("version", version);
        return this;
    }

    /**
     * What starts it.
     *
     * @param topic where the event is published
     * @param event full name of its record
     * @param key expression of the business key
     */
    public SagaBuilder startedBy(String topic, String event, String key) {
        Map<String, Object> trigger = new LinkedHashMap<>();
        trigger.put("topic", topic);
        trigger.put("event", event);
        trigger.put("key", key);
        tree.put("startedBy", trigger);
        return this;
    }

    /** What starts it, by the class of the event. */
    public SagaBuilder startedBy(String topic, Class<? extends SpecificRecord> event, String key) {
        return startedBy(topic, Trees.recordName(event), key);
    }

    /** Forward work ends by then or is taken back; a day if nothing is said. */
    public SagaBuilder deadline(Duration deadline) {
        tree.put("deadline", deadline.toString());
        return this;
    }

    /** How long an ended saga can be asked about; seven days if nothing is said. */
    public SagaBuilder retention(Duration retention) {
        tree.put("retention", retention.toString());
        return this;
    }

    /** How long its key stays taken; thirty days if nothing is said. */
    public SagaBuilder uniqueFor(Duration uniqueFor) {
        tree.put("uniqueFor", uniqueFor.toString());
        return this;
    }

    /**
     * An attribute that sagas are searched by, with the expression over the event that feeds it.
     */
    public SagaBuilder index(String attribute, String expression) {
        index.put(attribute, expression);
        tree.put("index", index);
        return this;
    }

    /** Adds nodes, one after the other. */
    public SagaBuilder steps(NodeBuilder... nodes) {
        steps.addAll(Trees.of(nodes));
        return this;
    }

    /** What its sagas come to: a record, and what feeds its fields once all is done. */
    public SagaBuilder result(CommandBuilder record) {
        Map<String, Object> result = record.tree();
        result.put("type", result.remove("command"));
        tree.put("result", result);
        return this;
    }

    /** What was written so far as JSON: a source for the compiler and for {@code PUT}. */
    public String source() {
        Map<String, Object> whole = new LinkedHashMap<>(tree);
        whole.put("steps", steps);
        try {
            return JSON.writeValueAsString(whole);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
