package io.clew.language;

import io.clew.language.NodeForm.ArmForm;
import io.clew.language.NodeForm.BranchForm;
import io.clew.language.NodeForm.ChoiceForm;
import io.clew.language.NodeForm.ForEachForm;
import io.clew.language.NodeForm.ParallelForm;
import io.clew.language.source.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the nodes that have others inside, and numbers them. */
final class BlockReader {

    private static final String ITEM = "item";

    private final Faults faults;
    private final NodeReader nodes;
    private final Map<String, Integer> counts = new HashMap<>();

    BlockReader(Faults faults, NodeReader nodes) {
        this.faults = faults;
        this.nodes = nodes;
    }

    Optional<NodeForm> choice(Node node, Spot spot) {
        return open(node, spot, "choice", Grammar.CHOICE).map(it -> choice(it, spot));
    }

    private ChoiceForm choice(Block block, Spot spot) {
        Fields fields = branches(block, "arm");
        List<ArmForm> arms = new ArrayList<>();
        for (Node.Entry entry : fields.entries().values()) {
            boolean isElse = entry.key().equals(ArmForm.ELSE);
            List<String> keys = isElse ? Grammar.ELSE : Grammar.ARM;
            Fields arm = Fields.of(entry.value(), fields.pathOf(entry.key()), keys, faults);
            Spot.Line line = spot.inside("choice." + entry.key(), Spot.Block.CHOICE, arms.size());
            Located<String> name = isElse ? located(fields, entry) : name(fields, entry);
            arms.add(
                    new ArmForm(
                            name,
                            isElse ? Optional.empty() : arm.requireText("when"),
                            sequence(arm, line)));
        }
        return new ChoiceForm(block.id(), arms, spot);
    }

    Optional<NodeForm> parallel(Node node, Spot spot) {
        return open(node, spot, "parallel", Grammar.PARALLEL).map(it -> parallel(it, spot));
    }

    private ParallelForm parallel(Block block, Spot spot) {
        Fields fields = branches(block, "branch");
        List<BranchForm> branches = new ArrayList<>();
        for (Node.Entry entry : fields.entries().values()) {
            Fields branch =
                    Fields.of(entry.value(), fields.pathOf(entry.key()), Grammar.BRANCH, faults);
            Spot.Line line =
                    spot.inside("parallel." + entry.key(), Spot.Block.PARALLEL, branches.size());
            branches.add(new BranchForm(name(fields, entry), sequence(branch, line)));
        }
        return new ParallelForm(block.id(), branches, spot);
    }

    Optional<NodeForm> forEach(Node node, Spot spot) {
        return open(node, spot, "forEach", Grammar.FOR_EACH).map(it -> forEach(it, spot));
    }

    private ForEachForm forEach(Block block, Spot spot) {
        Fields fields = Fields.of(block.node(), block.id().path(), Grammar.LOOP, faults);
        Located<String> byDefault =
                new Located<>(
                        fields.has("as") ? "" : ITEM, fields.placeOf("as"), fields.pathOf("as"));
        return new ForEachForm(
                block.id(),
                fields.requireText("in"),
                fields.name("as", Naming.VARIABLE).orElse(byDefault),
                fields.integer("concurrency", Grammar.MAX_CONCURRENCY).orElse(1),
                sequence(fields, spot.inside("forEach", Spot.Block.LOOP, 0)),
                spot);
    }

    /** What stands under the key of a block, and the block's id. */
    private record Block(Located<String> id, Node node) {}

    private Optional<Block> open(Node node, Spot spot, String key, List<String> keys) {
        Fields fields = Fields.of(node, spot.path(), keys, faults);
        int number = counts.merge(key, 1, Integer::sum);
        Located<String> id =
                new Located<>(key + "#" + number, fields.placeOfKey(key), fields.pathOf(key));
        if (spot.depth() >= Grammar.MAX_DEPTH) {
            faults.error(
                    id.place(),
                    id.path(),
                    "Expected blocks nested at most "
                            + Grammar.MAX_DEPTH
                            + " deep but "
                            + key
                            + " is deeper",
                    "Move what is inside to another saga, or write it flatter");
            return Optional.empty();
        }
        return fields.require(key).map(it -> new Block(id, it));
    }

    private Fields branches(Block block, String word) {
        Fields fields = Fields.open(block.node(), block.id().path(), faults);
        int count = fields.entries().size();
        if (count > Grammar.MAX_BRANCHES || (count == 0 && block.node() instanceof Node.Table)) {
            faults.error(
                    block.node().place(),
                    block.id().path(),
                    "Expected at least one "
                            + (word + " and at most " + Grammar.MAX_BRANCHES)
                            + (" but got " + count),
                    "Write '<name>: { steps: […] }' for each " + word);
        }
        return fields;
    }

    private List<NodeForm> sequence(Fields fields, Spot.Line line) {
        return fields.require("steps").map(it -> nodes.sequence(it, line)).orElse(List.of());
    }

    private static Located<String> name(Fields fields, Node.Entry entry) {
        return fields.nameOf(entry, Naming.CAMEL);
    }

    private static Located<String> located(Fields fields, Node.Entry entry) {
        return new Located<>(entry.key(), entry.place(), fields.pathOf(entry.key()));
    }
}
