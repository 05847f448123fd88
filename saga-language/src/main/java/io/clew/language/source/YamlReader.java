package io.clew.language.source;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML to nodes. Composes only: no tag ever makes an object. */
final class YamlReader {

    private int nodes;

    private YamlReader() {}

    static Node read(String source) throws SourceException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(SourceReader.MAX_DEPTH);
        options.setNestingDepthLimit(SourceReader.MAX_DEPTH);
        options.setCodePointLimit(SourceReader.MAX_CHARS);
        options.setAllowRecursiveKeys(false);
        options.setAllowDuplicateKeys(true);
        try {
            var root = new Yaml(new SafeConstructor(options)).compose(new StringReader(source));
            if (root == null) {
                throw new SourceException(
                        Place.START,
                        "Expected a saga definition but got nothing",
                        "Begin with 'saga: <name>'");
            }
            return new YamlReader().node(root, 0);
        } catch (MarkedYAMLException e) {
            throw new SourceException(
                    place(e.getProblemMark()), message(e), "Mend the syntax here");
        } catch (YAMLException e) {
            throw new SourceException(
                    Place.START, "Expected YAML but: " + e.getMessage(), "Mend the syntax");
        }
    }

    private Node node(org.yaml.snakeyaml.nodes.Node node, int depth) throws SourceException {
        Place place = place(node.getStartMark());
        nodes++;
        if (nodes > SourceReader.MAX_NODES || depth > SourceReader.MAX_DEPTH) {
            throw new SourceException(
                    place,
                    "Expected at most "
                            + (SourceReader.MAX_NODES + " values, nested at most ")
                            + (SourceReader.MAX_DEPTH + " deep, but there are more"),
                    "Split the saga in two, or use fewer aliases");
        }
        if (!node.getTag().startsWith(Tag.PREFIX)) {
            throw new SourceException(
                    place,
                    "Expected no tags but got " + node.getTag(),
                    "Leave the tag out; values are typed by the schemas");
        }
        return switch (node) {
            case MappingNode mapping -> table(mapping, place, depth);
            case SequenceNode sequence -> row(sequence, place, depth);
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> new Node.Blank(place);
            case ScalarNode scalar -> new Node.Text(place, scalar.getValue().strip());
            default ->
                    throw new SourceException(
                            place, "Expected a value but got an alias", "Write the value out");
        };
    }

    private Node table(MappingNode mapping, Place place, int depth) throws SourceException {
        List<Node.Entry> entries = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place key = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                throw new SourceException(
                        key, "Expected a text as key but got a structure", "Write a plain key");
            }
            entries.add(
                    new Node.Entry(key, name.getValue(), node(tuple.getValueNode(), depth + 1)));
        }
        return new Node.Table(place, entries);
    }

    private Node row(SequenceNode sequence, Place place, int depth) throws SourceException {
        List<Node> items = new ArrayList<>();
        for (var item : sequence.getValue()) {
            items.add(node(item, depth + 1));
        }
        return new Node.Row(place, items);
    }

    private static String message(MarkedYAMLException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        return "Expected YAML but: " + context + e.getProblem();
    }

    private static Place place(Mark mark) {
        return mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
