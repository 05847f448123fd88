package io.clew.language;

import io.clew.language.expression.Similar;
import io.clew.language.source.Node;
import io.clew.saga.FailurePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads what a step's refusals lead to. */
final class OnFailureReader {

    private static final int MAX_CODES = 100;
    private static final int MAX_TIMES = 100;

    private static final List<String> WORDS = List.of("compensate", "continue");
    private static final List<String> KEYS = List.of("retry");

    /** Codes that Clew itself gives; no participant refuses with them. */
    private static final Set<String> OWN_CODES =
            Set.of("IN_DOUBT", "TIMED_OUT", "DEADLINE", "CANCELLED", "REWOUND");

    private final Faults faults;

    OnFailureReader(Faults faults) {
        this.faults = faults;
    }

    Map<String, FailurePolicy> read(Node node, String step) {
        Fields fields = Fields.open(node, step + ".onFailure", faults);
        if (fields.entries().size() > MAX_CODES) {
            faults.error(
                    node.place(),
                    fields.path(),
                    "Expected at most " + MAX_CODES + " codes but got " + fields.entries().size(),
                    "Leave out codes that compensate: that is the default");
        }
        Map<String, FailurePolicy> policies = new TreeMap<>();
        for (Node.Entry entry : fields.entries().values()) {
            String code = entry.key();
            if (!Naming.CODE.allows(code) || OWN_CODES.contains(code)) {
                faults.error(
                        entry.place(),
                        fields.pathOf(code),
                        "Expected a participant's refusal code but got '" + code + "'",
                        "Use a code the participant refuses with, like OUT_OF_STOCK");
            }
            fields.find(code)
                    .flatMap(it -> policy(it, fields.pathOf(code)))
                    .ifPresent(it -> policies.put(code, it));
        }
        return policies;
    }

    private Optional<FailurePolicy> policy(Node node, String path) {
        if (node instanceof Node.Text text) {
            return switch (text.text()) {
                case "compensate" -> Optional.of(new FailurePolicy.Compensate());
                case "continue" -> Optional.of(new FailurePolicy.Continue());
                default -> {
                    faults.error(
                            node.place(),
                            path,
                            "Expected compensate, continue or { retry: <times> } but got '"
                                    + text.text()
                                    + "'",
                            Similar.remedy(text.text(), WORDS));
                    yield Optional.empty();
                }
            };
        }
        if (node instanceof Node.Table table
                && table.entries().stream().anyMatch(it -> it.key().equals("rollbackTo"))) {
            faults.error(
                    node.place(),
                    path + ".rollbackTo",
                    "Expected compensate, continue or { retry: <times> } but got 'rollbackTo',"
                            + " which is not supported yet",
                    "Use compensate or { retry: <times> }");
            return Optional.empty();
        }
        return Fields.of(node, path, KEYS, faults)
                .requireInteger("retry", MAX_TIMES)
                .map(FailurePolicy.Retry::new);
    }
}
