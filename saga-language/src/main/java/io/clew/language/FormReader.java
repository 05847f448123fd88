package io.clew.language;

import io.clew.language.SagaForm.ResultForm;
import io.clew.language.SagaForm.TriggerForm;
import io.clew.language.source.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a definition by the grammar. */
final class FormReader {

    private static final int MAX_INDEX = 16;

    private static final Duration DEADLINE = Duration.ofDays(1);
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final Duration UNIQUE_FOR = Duration.ofDays(30);

    private final Faults faults;

    FormReader(Faults faults) {
        this.faults = faults;
    }

    SagaForm read(Node root) {
        Fields fields = Fields.of(root, "", Grammar.SAGA, faults);
        Duration deadline = fields.duration("deadline").orElse(DEADLINE);
        Duration retention = fields.duration("retention").orElse(RETENTION);
        Duration uniqueFor = fields.duration("uniqueFor").orElse(UNIQUE_FOR);
        if (uniqueFor.compareTo(retention) < 0) {
            faults.warning(
                    fields.placeOf(fields.has("uniqueFor") ? "uniqueFor" : "retention"),
                    "uniqueFor",
                    "Expected uniqueFor of at least retention, but a key stays taken while its"
                            + " saga is kept: "
                            + Durations.words(retention),
                    "Raise uniqueFor, or lower retention");
        }
        return new SagaForm(
                fields.requireName("saga", Naming.HYPHENS),
                fields.requireInteger("version", Integer.MAX_VALUE),
                fields.require("startedBy").map(this::trigger),
                deadline,
                retention,
                uniqueFor,
                fields.find("index").map(this::index).orElse(Map.of()),
                fields.require("steps").map(it -> steps(it, deadline)).orElse(List.of()),
                fields.find("result").map(this::result));
    }

    private ResultForm result(Node node) {
        Fields fields = Fields.of(node, "result", Grammar.RESULT, faults);
        return new ResultForm(
                fields.requireName("type", Naming.RECORD),
                new CommandReader(faults).values(fields),
                CommandReader.placeOfValues(fields));
    }

    private TriggerForm trigger(Node node) {
        Fields fields = Fields.of(node, "startedBy", Grammar.TRIGGER, faults);
        return new TriggerForm(
                fields.requireName("topic", Naming.TOPIC),
                fields.requireName("event", Naming.RECORD),
                fields.requireText("key"));
    }

    private Map<String, Located<String>> index(Node node) {
        Fields fields = Fields.open(node, "index", faults);
        if (fields.entries().size() > MAX_INDEX) {
            faults.error(
                    node.place(),
                    "index",
                    "Expected at most "
                            + MAX_INDEX
                            + " attributes but got "
                            + fields.entries().size(),
                    "Index only what sagas are searched by");
        }
        Map<String, Located<String>> index = new TreeMap<>();
        for (Node.Entry entry : fields.entries().values()) {
            fields.nameOf(entry, Naming.CAMEL);
            fields.requireText(entry.key()).ifPresent(text -> index.put(entry.key(), text));
        }
        return index;
    }

    private List<NodeForm> steps(Node node, Duration deadline) {
        NodeReader reader = new NodeReader(faults, deadline);
        List<NodeForm> steps = reader.sequence(node, Spot.top());
        if (reader.count() > Grammar.MAX_NODES) {
            faults.error(
                    node.place(),
                    "steps",
                    "Expected at most " + Grammar.MAX_NODES + " steps but got " + reader.count(),
                    "Split the saga in two");
            return List.of();
        }
        return steps;
    }
}
