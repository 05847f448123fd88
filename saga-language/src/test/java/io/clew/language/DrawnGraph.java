package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The graph that a diagram shows, read from its text. */
record DrawnGraph(List<String> nodes, Set<Line> all) {

    /** One arrow. */
    record Line(String kind, String from, String to) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            return toString().compareTo(other.toString());
        }
    }

    /** A node as it is drawn: what its outline takes up. */
    record Drawn(String id, double left, double top, double right, double bottom) {
        boolean overlaps(Drawn other) {
            return left < other.right
                    && other.left < right
                    && top < other.bottom
                    && other.top < bottom;
        }
    }

    private static final String ID = "([a-z]_[A-Za-z0-9_]+)";
    private static final Pattern NODE = Pattern.compile("\\s*" + ID + "\\W+\".*\"\\W+(:::\\w+)?");
    private static final Pattern ARROW =
            Pattern.compile("\\s*" + ID + " (-->|-\\.-|-\\.->|==>)(?:\\|\"(.*)\"\\|)? " + ID);

    static DrawnGraph ofMermaid(String text) {
        List<String> nodes = new ArrayList<>();
        Set<Line> lines = new TreeSet<>();
        for (String line : text.lines().skip(4).toList()) {
            Matcher arrow = ARROW.matcher(line);
            Matcher node = NODE.matcher(line);
            if (arrow.matches()) {
                String kind = kind(arrow.group(2), String.valueOf(arrow.group(3)));
                lines.add(new Line(kind, arrow.group(1), arrow.group(4)));
            } else if (node.matches()) {
                nodes.add(node.group(1));
            } else {
                assertThat(line).matches(" +(subgraph g_\\w+_frame\\[\" \"]|end|classDef .*)");
            }
        }
        return new DrawnGraph(sorted(nodes), lines);
    }

    private static String kind(String line, String said) {
        return switch (line) {
            case "-->" -> said.equals("next item") ? "again" : "forward";
            case "-.-" -> "undoes";
            case "-.->" -> said.equals("item before") ? "item_before" : "compensation";
            default -> "rollback";
        };
    }

    static DrawnGraph ofSvg(String text) {
        Document svg = xml(text);
        List<String> nodes = new ArrayList<>();
        Set<Line> lines = new TreeSet<>();
        for (Element it : elements(svg, "g")) {
            nodes.add(it.getAttribute("id"));
        }
        for (Element it : elements(svg, "path")) {
            if (it.getAttribute("class").startsWith("arrow ")) {
                lines.add(
                        new Line(
                                it.getAttribute("class").substring("arrow ".length()),
                                it.getAttribute("data-from"),
                                it.getAttribute("data-to")));
            }
        }
        return new DrawnGraph(sorted(nodes), lines);
    }

    static List<Drawn> boxes(String text) {
        return elements(xml(text), "g").stream().map(DrawnGraph::drawn).toList();
    }

    /** Reads the horizontal and vertical commands and the corners of an outline. */
    private static Drawn drawn(Element node) {
        String path = ((Element) node.getElementsByTagName("path").item(0)).getAttribute("d");
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        Matcher corner = Pattern.compile("([MLHV])(-?\\d+)(?: (-?\\d+))?").matcher(path);
        while (corner.find()) {
            switch (corner.group(1).toUpperCase(Locale.ROOT)) {
                case "H" -> xs.add(Double.valueOf(corner.group(2)));
                case "V" -> ys.add(Double.valueOf(corner.group(2)));
                default -> {
                    xs.add(Double.valueOf(corner.group(2)));
                    ys.add(Double.valueOf(corner.group(3)));
                }
            }
        }
        return new Drawn(
                node.getAttribute("id"),
                xs.stream().min(Double::compare).orElseThrow(),
                ys.stream().min(Double::compare).orElseThrow(),
                xs.stream().max(Double::compare).orElseThrow(),
                ys.stream().max(Double::compare).orElseThrow());
    }

    /** All that is said of a node. */
    static String title(String text, String id) {
        return elements(xml(text), "g").stream()
                .filter(it -> it.getAttribute("id").equals(id))
                .map(it -> it.getElementsByTagName("title").item(0).getTextContent())
                .findFirst()
                .orElseThrow();
    }

    private static Document xml(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError("Expected XML but got " + text, e);
        }
    }

    private static List<Element> elements(Document document, String tag) {
        NodeList found = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<String> sorted(List<String> nodes) {
        return nodes.stream().sorted().toList();
    }

    List<Line> lines(String kind) {
        return all.stream().filter(it -> it.kind().equals(kind)).toList();
    }

    /** The one way there is from here on. */
    List<String> path(String kind, String from) {
        Map<String, String> next =
                lines(kind).stream()
                        .collect(java.util.stream.Collectors.toMap(Line::from, Line::to));
        List<String> path = new ArrayList<>();
        for (String at = from; at != null; at = next.get(at)) {
            path.add(at);
        }
        return path;
    }

    /** All that can be reached, the beginning too. */
    Set<String> reached(String kind, String from) {
        Set<String> reached = new LinkedHashSet<>(Set.of(from));
        List<Line> lines = lines(kind);
        boolean more = true;
        while (more) {
            more = false;
            for (Line line : lines) {
                more |= reached.contains(line.from()) && reached.add(line.to());
            }
        }
        return reached;
    }

    /** The same with every arrow turned round. */
    DrawnGraph turned() {
        Set<Line> turned = new TreeSet<>();
        all.forEach(it -> turned.add(new Line(it.kind(), it.to(), it.from())));
        return new DrawnGraph(nodes, turned);
    }
}
