package io.clew.language.builder;

import io.clew.saga.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** A record and what feeds it: a command, what starts a child, or what a saga comes to. */
public final class CommandBuilder {

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, Object> with = new LinkedHashMap<>();

    CommandBuilder(String record) {
        tree.put("command", record);
    }

    /** Full name of the record that a reply brings, or that a child comes to. */
    public CommandBuilder result(String record) {
        tree.put("result", record);
        return this;
    }

    /** What a reply brings, by its class. */
    public CommandBuilder result(Class<? extends SpecificRecord> record) {
        return result(Trees.recordName(record));
    }

    /** A field and the expression that feeds it. A text literal is quoted: {@code "'EUR'"}. */
    public CommandBuilder with(String field, String expression) {
        return put(field, expression);
    }

    /** A record or map, written entry by entry; expressions, lists and maps are its values. */
    public CommandBuilder with(String field, Map<String, ?> entries) {
        return put(field, entries);
    }

    /** A list, written item by item; expressions, lists and maps are its items. */
    public CommandBuilder with(String field, List<?> items) {
        return put(field, items);
    }

    /** Silence after which a compensation is sent again; an action has its step's. */
    public CommandBuilder timeout(Duration timeout) {
        tree.put("timeout", timeout.toString());
        return this;
    }

    /** How a compensation is sent again; an action has its step's. */
    public CommandBuilder retry(RetryPolicy retry) {
        tree.put("retry", Trees.retry(retry));
        return this;
    }

    private CommandBuilder put(String field, Object value) {
        with.put(field, Trees.expressions(value));
        tree.put("with", with);
        return this;
    }

    Map<String, Object> tree() {
        return new LinkedHashMap<>(tree);
    }
}
