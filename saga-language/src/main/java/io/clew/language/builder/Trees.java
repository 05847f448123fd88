package io.clew.language.builder;

import io.clew.saga.FailurePolicy;
import io.clew.saga.RetryPolicy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Values as the grammar has them. */
final class Trees {

    private Trees() {}

    /** Nodes one after the other, as they are now. */
    static List<Object> of(NodeBuilder... nodes) {
        return Arrays.stream(nodes).<Object>map(NodeBuilder::tree).toList();
    }

    static String recordName(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type).getFullName();
    }

    static Map<String, Object> retry(RetryPolicy retry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("attempts", retry.attempts());
        tree.put("backoff", retry.backoff().toString());
        tree.put("factor", retry.factor());
        tree.put("max", retry.max().toString());
        return tree;
    }

    static Object policy(FailurePolicy policy) {
        return switch (policy) {
            case FailurePolicy.Compensate ignored -> "compensate";
            case FailurePolicy.Continue ignored -> "continue";
            case FailurePolicy.Retry retry -> Map.of("retry", retry.times());
            case FailurePolicy.RollbackTo back -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("rollbackTo", back.savepoint());
                tree.put("max", back.max());
                yield tree;
            }
        };
    }

    /** A copy of what stands under {@code with}, which has expressions at its ends. */
    static Object expressions(Object value) {
        return switch (value) {
            case String expression -> expression;
            case List<?> items -> items.stream().map(it -> expressions((Object) it)).toList();
            case Map<?, ?> fields -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                fields.forEach((key, it) -> tree.put(String.valueOf(key), expressions(it)));
                yield tree;
            }
            default ->
                    throw new IllegalArgumentException(
                            "Expected an expression, a list or a map of such but got " + value);
        };
    }
}
