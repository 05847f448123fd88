package io.clew.language;

import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.ForEachForm;
import io.clew.language.NodeForm.StepForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.Spot.Standing;
import io.clew.language.expression.Vocabulary.Hidden;
import io.clew.language.expression.Vocabulary.Output;
import io.clew.language.frame.FrameReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the nodes of a definition leave behind, and where it can be read. */
final class Outputs {

    /**
     * A node that may have an output.
     *
     * @param called such as {@code step chargePayment}
     * @param none why it has no output at all, if it has none
     */
    private record Source(
            String name,
            String called,
            Spot spot,
            boolean mayBeUnset,
            Optional<PinnedSchema> schema,
            Optional<Hidden> none) {}

    private final List<Source> sources = new ArrayList<>();
    private final Map<String, FrameReader> readers = new HashMap<>();
    private final Set<String> items = new TreeSet<>();

    Outputs(List<NodeForm> nodes, Schemas schemas) {
        NodeForm.allOf(nodes).forEach(node -> add(node, schemas));
        for (Source source : sources) {
            source.schema().ifPresent(it -> readers.put(source.name(), schemas.reader(it)));
        }
    }

    private void add(NodeForm node, Schemas schemas) {
        switch (node) {
            case StepForm step -> {
                Optional<Located<String>> result = step.action().flatMap(CommandForm::result);
                boolean silent = step.action().isPresent() && result.isEmpty();
                boolean mayBeUnset = step.when().isPresent() || step.mayBePassedOver();
                add(step, "step ", mayBeUnset, result.flatMap(schemas::result), silent);
            }
            case AwaitForm await ->
                    add(await, "await ", await.mayBePassedOver(), schemas.awaited(await), false);
            case NodeForm.DelayForm delay -> add(delay, "delay ", false, Optional.empty(), true);
            case NodeForm.SavepointForm it -> add(it, "savepoint ", false, Optional.empty(), true);
            case NodeForm.ChoiceForm ignored -> {}
            case NodeForm.ParallelForm ignored -> {}
            case ForEachForm loop -> items.add(loop.as().value());
        }
    }

    private void add(
            NodeForm node,
            String word,
            boolean mayBeUnset,
            Optional<PinnedSchema> schema,
            boolean silent) {
        String called = word + node.name().value();
        Optional<Hidden> none =
                silent
                        ? Optional.of(new Hidden(called + " has no result", ""))
                        : Optional.of(Hidden.ALREADY_TOLD).filter(it -> schema.isEmpty());
        sources.add(new Source(node.name().value(), called, node.spot(), mayBeUnset, schema, none));
    }

    /** What the items of all loops are called. */
    Set<String> items() {
        return items;
    }

    /** Read the outputs of steps and awaits, by name. */
    Map<String, FrameReader> readers() {
        return readers;
    }

    /** What can be read at a spot, by its compensation too if that is asked for. */
    Map<String, Output> readable(Spot at, boolean undoing) {
        Map<String, Output> readable = new LinkedHashMap<>();
        for (Source source : sources) {
            if (source.schema().isPresent() && hidden(source, at, undoing).isEmpty()) {
                boolean always = at.of(source.spot()) == Standing.BEFORE && !source.mayBeUnset();
                readable.putIfAbsent(
                        source.name(), new Output(source.schema().get().schema(), !always));
            }
        }
        return readable;
    }

    /** Why all others cannot be read there. */
    Map<String, Hidden> hidden(Spot at, boolean undoing) {
        Map<String, Hidden> hidden = new LinkedHashMap<>();
        for (Source source : sources) {
            hidden(source, at, undoing).ifPresent(it -> hidden.putIfAbsent(source.name(), it));
        }
        return hidden;
    }

    private static Optional<Hidden> hidden(Source source, Spot at, boolean undoing) {
        if (source.none().isPresent()) {
            return source.none();
        }
        String called = source.called();
        return switch (at.of(source.spot())) {
            case BEFORE, PERHAPS_BEFORE -> Optional.empty();
            case SAME ->
                    undoing ? Optional.empty() : hidden(called + " is only being asked here", "");
            case LATER -> hidden(called + " comes later", "");
            case IN_ANOTHER_ARM ->
                    hidden(called + " is in another arm, so it is never there here", "");
            case IN_ANOTHER_BRANCH ->
                    hidden(
                            called + " is in another branch, which runs beside this one",
                            "Read it after the parallel block, or move both into one branch");
            case IN_A_LOOP_BEFORE ->
                    hidden(
                            called + " is in a loop, where each item has its own",
                            "Read it inside of the loop, where the output of the same item is"
                                    + " seen");
        };
    }

    private static Optional<Hidden> hidden(String reason, String remedy) {
        return Optional.of(new Hidden(reason, remedy));
    }
}
