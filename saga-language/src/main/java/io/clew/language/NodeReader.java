package io.clew.language;

import io.clew.language.expression.Similar;
import io.clew.language.source.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the nodes of one definition; it counts them, so it is used once. */
final class NodeReader {

    private final Faults faults;
    private final StepReader steps;
    private final ChildReader children;
    private final WaitReader waits;
    private final BlockReader blocks;
    private int nodes;

    NodeReader(Faults faults, Duration deadline) {
        this.faults = faults;
        this.steps = new StepReader(faults, deadline);
        this.children = new ChildReader(faults, deadline);
        this.waits = new WaitReader(faults);
        this.blocks = new BlockReader(faults, this);
    }

    /** What stands under {@code steps}. */
    List<NodeForm> sequence(Node node, Spot.Line line) {
        if (!(node instanceof Node.Row row) || row.items().isEmpty()) {
            faults.error(
                    node.place(),
                    line.path(),
                    "Expected a list of at least one step but there is none",
                    "Write '- step: <name>' below 'steps:'");
            return List.of();
        }
        List<NodeForm> forms = new ArrayList<>();
        for (int i = 0; i < row.items().size(); i++) {
            node(row.items().get(i), line.at(i)).ifPresent(forms::add);
        }
        return forms;
    }

    private Optional<NodeForm> node(Node node, Spot spot) {
        nodes++;
        if (nodes > Grammar.MAX_NODES) {
            return Optional.empty();
        }
        return switch (kind(node, spot)) {
            case "" -> Optional.empty();
            case "step" -> Optional.of(steps.read(node, spot));
            case "await" -> Optional.of(waits.await(node, spot));
            case "delay" -> Optional.of(waits.delay(node, spot));
            case "savepoint" -> Optional.of(waits.savepoint(node, spot));
            case "choice" -> blocks.choice(node, spot);
            case "parallel" -> blocks.parallel(node, spot);
            case "forEach" -> blocks.forEach(node, spot);
            default -> Optional.of(children.read(node, spot));
        };
    }

    /** How many nodes there are, those beyond the limit too. */
    int count() {
        return nodes;
    }

    /** The key that says what a node is, perhaps misspelt; empty with a fault if there is none. */
    private String kind(Node node, Spot spot) {
        if (!(node instanceof Node.Table table)) {
            Fields.open(node, spot.path(), faults);
            return "";
        }
        List<String> keys = table.entries().stream().map(Node.Entry::key).toList();
        Optional<String> kind = Grammar.NODES.stream().filter(keys::contains).findFirst();
        if (kind.isPresent()) {
            return kind.get();
        }
        return keys.stream()
                .flatMap(key -> Similar.nearest(key, Grammar.NODES).stream())
                .findFirst()
                .orElseGet(() -> unknown(node, spot));
    }

    private String unknown(Node node, Spot spot) {
        faults.error(
                node.place(),
                spot.path(),
                "Expected a step or another node but nothing here says which",
                "Begin it with one of: " + String.join(", ", Grammar.NODES));
        return "";
    }
}
