package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.ExpressionCompiler;
import io.clew.language.expression.Fit;
import io.clew.language.expression.Shaper;
import io.clew.language.expression.Similar;
import io.clew.language.expression.Vocabulary;
import io.clew.language.source.Node;
import io.clew.language.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Makes templates of what stands under one {@code with}, checked against the command's schema. */
final class TemplateCompiler {

    private final ExpressionCompiler expressions;
    private final Vocabulary vocabulary;
    private final Faults faults;
    private final List<Expression> compiled = new ArrayList<>();

    TemplateCompiler(ExpressionCompiler expressions, Vocabulary vocabulary, Faults faults) {
        this.expressions = expressions;
        this.vocabulary = vocabulary;
        this.faults = faults;
    }

    /** All expressions compiled so far. */
    List<Expression> expressions() {
        return compiled;
    }

    /** A record of these fields; faults are noted and leave fields out. */
    Template.Fields record(Schema schema, Map<String, Node> fields, Place place, String path) {
        List<Template.Part> parts = new ArrayList<>();
        List<Template.Constant> defaults = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            String target = schema.getName() + "." + field.name();
            Node node = fields.get(field.name());
            if (node != null) {
                value(node, field.schema(), target, path + "." + field.name())
                        .ifPresent(it -> parts.add(new Template.Part(field.pos(), it)));
            } else if (field.hasDefaultValue()) {
                Object value = GenericData.get().getDefaultValue(field);
                defaults.add(new Template.Constant(field.pos(), value));
            } else {
                faults.error(
                        place,
                        path + "." + field.name(),
                        target + " is required but not set",
                        "Add '" + field.name() + ": <expression>' there");
            }
        }
        unknown(schema, fields, path);
        return new Template.Fields(schema, parts, defaults);
    }

    private void unknown(Schema schema, Map<String, Node> fields, String path) {
        List<String> known = schema.getFields().stream().map(Schema.Field::name).toList();
        fields.forEach(
                (name, node) -> {
                    if (!known.contains(name)) {
                        faults.error(
                                node.place(),
                                path + "." + name,
                                "Expected a field of "
                                        + schema.getFullName()
                                        + " but it has no '"
                                        + name
                                        + "'",
                                Similar.remedy(name, known));
                    }
                });
    }

    private Optional<Template> value(Node node, Schema schema, String target, String path) {
        return switch (node) {
            case Node.Text text -> leaf(text.text(), text.place(), schema, target, path);
            case Node.Blank blank -> leaf("null", blank.place(), schema, target, path);
            case Node.Table table -> table(table, present(schema), target, path);
            case Node.Row row -> row(row, present(schema), target, path);
        };
    }

    private Optional<Template> leaf(
            String text, Place place, Schema schema, String target, String path) {
        Optional<Expression> expression =
                expressions.compile(text, vocabulary, faults.at(place, path));
        expression.ifPresent(
                it -> {
                    compiled.add(it);
                    Fit.check(it, schema, target, faults.at(place, path));
                });
        return expression.map(it -> new Template.Leaf(target, it, Shaper.of(schema)));
    }

    private Optional<Template> table(Node.Table table, Schema schema, String target, String path) {
        Map<String, Node> nodes = new TreeMap<>();
        Fields.open(table, path, faults).entries().forEach((k, e) -> nodes.put(k, e.value()));
        if (schema.getType() == Schema.Type.RECORD) {
            return Optional.of(record(schema, nodes, table.place(), path));
        }
        if (schema.getType() == Schema.Type.MAP) {
            Map<String, Template> entries = new TreeMap<>();
            nodes.forEach(
                    (key, node) ->
                            value(node, schema.getValueType(), target + "." + key, path + "." + key)
                                    .ifPresent(it -> entries.put(key, it)));
            return Optional.of(new Template.Entries(entries));
        }
        notNested(table.place(), target, path, "keys with values");
        return Optional.empty();
    }

    private Optional<Template> row(Node.Row row, Schema schema, String target, String path) {
        if (schema.getType() != Schema.Type.ARRAY) {
            notNested(row.place(), target, path, "a list");
            return Optional.empty();
        }
        List<Template> items = new ArrayList<>();
        for (int i = 0; i < row.items().size(); i++) {
            String index = "[" + i + "]";
            value(row.items().get(i), schema.getElementType(), target + index, path + index)
                    .ifPresent(items::add);
        }
        return Optional.of(new Template.Items(items));
    }

    private void notNested(Place place, String target, String path, String got) {
        faults.error(
                place,
                path,
                "Expected an expression for " + target + " but got " + got,
                "Write one expression; keys go below records and maps, lists below arrays");
    }

    private static Schema present(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> others =
                schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .toList();
        return others.size() == 1 ? others.get(0) : schema;
    }
}
