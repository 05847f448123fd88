package io.clew.language;

import io.clew.language.expression.Similar;
import io.clew.language.source.Node;
import io.clew.saga.Failure;
import io.clew.saga.FailurePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads what a step's refusals lead to, or that nothing came for an await. */
final class OnFailureReader {

    private static final int MAX_CODES = 100;
    private static final int ROLLBACKS = 3;
    private static final List<String> WORDS = List.of("compensate", "continue");

    /** Codes that Clew itself gives; no participant refuses with them. */
    private static final Set<String> OWN_CODES =
            Set.of(
                    Failure.IN_DOUBT,
                    Failure.TIMED_OUT,
                    Failure.DEADLINE,
                    Failure.CANCELLED,
                    Failure.REWOUND,
                    Failure.TOO_MANY_ITEMS);

    private final Faults faults;

    OnFailureReader(Faults faults) {
        this.faults = faults;
    }

    Map<String, Located<FailurePolicy>> ofStep(Node node, String path) {
        Fields fields = Fields.open(node, path, faults);
        if (fields.entries().size() > MAX_CODES) {
            faults.error(
                    node.place(),
                    fields.path(),
                    "Expected at most " + MAX_CODES + " codes but got " + fields.entries().size(),
                    "Leave out codes that compensate: that is the default");
        }
        for (Node.Entry entry : fields.entries().values()) {
            String code = entry.key();
            if (!Naming.CODE.allows(code) || OWN_CODES.contains(code)) {
                faults.error(
                        entry.place(),
                        fields.pathOf(code),
                        "Expected a participant's refusal code but got '" + code + "'",
                        "Use a code the participant refuses with, like OUT_OF_STOCK");
            }
        }
        return policies(fields, true);
    }

    Map<String, Located<FailurePolicy>> ofAwait(Node node, String path) {
        return policies(Fields.of(node, path, Grammar.AWAIT_CODES, faults), false);
    }

    private Map<String, Located<FailurePolicy>> policies(Fields fields, boolean retried) {
        Map<String, Located<FailurePolicy>> policies = new TreeMap<>();
        for (String code : fields.entries().keySet()) {
            fields.find(code)
                    .flatMap(it -> policy(it, fields.pathOf(code), retried))
                    .ifPresent(it -> policies.put(code, it));
        }
        return policies;
    }

    private Optional<Located<FailurePolicy>> policy(Node node, String path, boolean retried) {
        if (!(node instanceof Node.Text text)) {
            return table(Fields.of(node, path, Grammar.POLICY, faults), retried);
        }
        return switch (text.text()) {
            case "compensate" ->
                    Optional.of(new Located<>(new FailurePolicy.Compensate(), node.place(), path));
            case "continue" ->
                    Optional.of(new Located<>(new FailurePolicy.Continue(), node.place(), path));
            default -> {
                faults.error(
                        node.place(),
                        path,
                        "Expected compensate, continue"
                                + (retried ? ", { retry: <times> }" : "")
                                + " or { rollbackTo: <savepoint> } but got '"
                                + text.text()
                                + "'",
                        Similar.remedy(text.text(), WORDS));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Located<FailurePolicy>> table(Fields fields, boolean retried) {
        if (fields.has("retry") && !retried) {
            fields.error(
                    "retry",
                    "Expected compensate, continue or { rollbackTo: <savepoint> }, since an await"
                            + " is not retried",
                    "Raise the timeout to wait longer");
            return Optional.empty();
        }
        if (fields.has("retry") && (fields.has("rollbackTo") || fields.has("max"))) {
            fields.error(
                    fields.has("rollbackTo") ? "rollbackTo" : "max",
                    "Expected either retry or rollbackTo but got both",
                    "Write { retry: <times> }, or { rollbackTo: <savepoint>, max: <times> }");
            return Optional.empty();
        }
        if (fields.has("retry")) {
            return fields.requireInteger("retry", Grammar.MAX_TIMES)
                    .map(it -> at(fields, "retry", new FailurePolicy.Retry(it)));
        }
        int max = fields.integer("max", Grammar.MAX_TIMES).orElse(ROLLBACKS);
        return fields.requireName("rollbackTo", Naming.CAMEL)
                .map(it -> at(fields, "rollbackTo", new FailurePolicy.RollbackTo(it.value(), max)));
    }

    private static Located<FailurePolicy> at(Fields fields, String key, FailurePolicy policy) {
        return new Located<>(policy, fields.placeOf(key), fields.pathOf(key));
    }
}
