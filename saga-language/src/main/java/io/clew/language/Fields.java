package io.clew.language;

import io.clew.language.expression.Similar;
import io.clew.language.source.Node;
import io.clew.language.source.Place;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The entries of one table, typed; whatever is wrong with them goes to the faults. */
final class Fields {

    private final Place place;
    private final String path;
    private final Faults faults;
    private final Map<String, Node.Entry> entries;

    /** Keys that are there under a wrong name; said once, they are not also missing. */
    private final Set<String> misspelt = new HashSet<>();

    private Fields(Place place, String path, Faults faults, Map<String, Node.Entry> entries) {
        this.place = place;
        this.path = path;
        this.faults = faults;
        this.entries = entries;
    }

    /** The fields of a node that should be a table of these keys. */
    static Fields of(Node node, String path, List<String> keys, Faults faults) {
        Fields fields = open(node, path, faults);
        if (!(node instanceof Node.Table)) {
            fields.misspelt.addAll(keys);
        }
        fields.entries
                .values()
                .removeIf(
                        entry -> {
                            boolean unknown = !keys.contains(entry.key());
                            if (unknown) {
                                Similar.nearest(entry.key(), keys).ifPresent(fields.misspelt::add);
                                faults.error(
                                        entry.place(),
                                        fields.pathOf(entry.key()),
                                        "Expected a known key but got '" + entry.key() + "'",
                                        Similar.remedy(entry.key(), keys));
                            }
                            return unknown;
                        });
        return fields;
    }

    /** The fields of a node that should be a table, whatever its keys. */
    static Fields open(Node node, String path, Faults faults) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        Fields fields = new Fields(node.place(), path, faults, entries);
        if (!(node instanceof Node.Table table)) {
            faults.error(
                    node.place(),
                    path,
                    "Expected keys with values but got " + kind(node),
                    "Write it as 'key: value' lines, or { key: value }");
            return fields;
        }
        for (Node.Entry entry : table.entries()) {
            Node.Entry first = entries.putIfAbsent(entry.key(), entry);
            if (first != null) {
                faults.error(
                        entry.place(),
                        fields.pathOf(entry.key()),
                        "Expected each key once but '"
                                + entry.key()
                                + "' is already at line "
                                + first.place().line(),
                        "Leave one of the two out");
            }
        }
        return fields;
    }

    Place place() {
        return place;
    }

    String path() {
        return path;
    }

    Map<String, Node.Entry> entries() {
        return entries;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The place of a value, or of the table if it is not there. */
    Place placeOf(String key) {
        Node.Entry entry = entries.get(key);
        return entry == null ? place : entry.value().place();
    }

    /** The place of a key, or of the table if it is not there. */
    Place placeOfKey(String key) {
        Node.Entry entry = entries.get(key);
        return entry == null ? place : entry.place();
    }

    /** A value that is there and not blank. */
    Optional<Node> find(String key) {
        Node.Entry entry = entries.get(key);
        if (entry != null && entry.value() instanceof Node.Blank blank) {
            faults.error(
                    blank.place(),
                    pathOf(key),
                    "Expected a value of '" + key + "' but got none",
                    "Give it a value, or leave the key out");
            return Optional.empty();
        }
        return Optional.ofNullable(entry).map(Node.Entry::value);
    }

    Optional<Node> require(String key) {
        if (!has(key) && !misspelt.contains(key)) {
            faults.error(
                    place,
                    pathOf(key),
                    "Expected '" + key + "' but it is missing",
                    "Add '" + key + ": …'");
        }
        return find(key);
    }

    Optional<Located<String>> text(String key) {
        return find(key).flatMap(node -> text(node, key));
    }

    Optional<Located<String>> requireText(String key) {
        return require(key).flatMap(node -> text(node, key));
    }

    /** A text that is a name of this kind. */
    Optional<Located<String>> requireName(String key, Naming naming) {
        return requireText(key).flatMap(name -> named(name, naming));
    }

    /** The name a node has by itself; without a text, and with a fault, if it cannot be read. */
    Located<String> requireOwnName(String key) {
        return requireName(key, Naming.CAMEL).orElse(new Located<>("", place, path));
    }

    Optional<Located<String>> name(String key, Naming naming) {
        return text(key).flatMap(name -> named(name, naming));
    }

    Optional<Duration> duration(String key) {
        return text(key).flatMap(this::duration);
    }

    Optional<Located<Duration>> locatedDuration(String key) {
        return duration(key).map(it -> new Located<>(it, placeOf(key), pathOf(key)));
    }

    Optional<Integer> integer(String key, int max) {
        return text(key).flatMap(text -> integer(text, max));
    }

    Optional<Integer> requireInteger(String key, int max) {
        return requireText(key).flatMap(text -> integer(text, max));
    }

    void error(String key, String message, String remedy) {
        faults.error(placeOf(key), pathOf(key), message, remedy);
    }

    /** Notes that none of these keys is there, unless one of them is only misspelt. */
    void missing(List<String> keys, String message, String remedy) {
        if (keys.stream().noneMatch(misspelt::contains)) {
            faults.error(place, path, message, remedy);
        }
    }

    /** A key as a name; without a text, and with a fault, if it breaks the rules. */
    Located<String> nameOf(Node.Entry entry, Naming naming) {
        Located<String> name = new Located<>(entry.key(), entry.place(), pathOf(entry.key()));
        return named(name, naming).orElse(new Located<>("", name.place(), name.path()));
    }

    private Optional<Located<String>> text(Node node, String key) {
        if (node instanceof Node.Text text && !text.text().isEmpty()) {
            return Optional.of(new Located<>(text.text(), node.place(), pathOf(key)));
        }
        faults.error(
                node.place(),
                pathOf(key),
                "Expected a text as '" + key + "' but got " + kind(node),
                "Write '" + key + ": …' with one value");
        return Optional.empty();
    }

    private Optional<Located<String>> named(Located<String> name, Naming naming) {
        if (naming.allows(name.value())) {
            return Optional.of(name);
        }
        faults.error(
                name.place(),
                name.path(),
                "Expected a name by the rules but got '" + name.value() + "'",
                naming.remedy());
        return Optional.empty();
    }

    private Optional<Duration> duration(Located<String> text) {
        Optional<Duration> duration = Durations.parse(text.value()).filter(it -> !it.isZero());
        if (duration.isEmpty()) {
            faults.error(
                    text.place(),
                    text.path(),
                    "Expected a duration above 0 and up to ten years but got '"
                            + text.value()
                            + "'",
                    "Write it like 200ms, 10s, 1h30m or 7d");
        }
        return duration;
    }

    private Optional<Integer> integer(Located<String> text, int max) {
        try {
            int number = Integer.parseInt(text.value());
            if (number >= 1 && number <= max) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers out of range.
        }
        faults.error(
                text.place(),
                text.path(),
                "Expected a whole number from 1 to " + max + " but got '" + text.value() + "'",
                "Write a number in that range");
        return Optional.empty();
    }

    private static String kind(Node node) {
        return switch (node) {
            case Node.Table ignored -> "keys with values";
            case Node.Row ignored -> "a list";
            case Node.Text text -> "'" + text.text() + "'";
            case Node.Blank ignored -> "nothing";
        };
    }
}
