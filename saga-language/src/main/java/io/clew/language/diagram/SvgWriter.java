package io.clew.language.diagram;

import io.clew.language.diagram.Layout.Place;
import io.clew.language.diagram.Route.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes SVG. Every node is a {@code g} with its id; every arrow is a {@code path} that says in
 * {@code class}, {@code data-from} and {@code data-to} what it means.
 */
final class SvgWriter {

    private static final int MARGIN = 24;
    private static final int MOST_CHARS = 31;
    private static final int CHAR = 7;

    private static final String STYLE =
            """
              <style>
                text { font: 12px sans-serif; fill: #1f2328; text-anchor: middle }
                .frame { fill: none; stroke: #8c959f; stroke-dasharray: 2 3 }
                .node path { fill: #ffffff; stroke: #1f2328 }
                .pivot path { stroke-width: 4 }
                .undo path { stroke-dasharray: 4 3 }
                .terminal path { fill: #eaeef2 }
                .arrow { fill: none; stroke: #1f2328 }
                .compensation, .item_before, .undoes { stroke: #bc4c00; stroke-dasharray: 4 3 }
                .rollback { stroke: #8250df; stroke-width: 2 }
                .said { font-size: 11px; fill: #59636e; text-anchor: start }
                .end { text-anchor: end }
              </style>
              <defs>
                <marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8"
                    markerHeight="8" orient="auto" markerUnits="userSpaceOnUse">
                  <path d="M0 0 L8 4 L0 8 z"/>
                </marker>
              </defs>
            """;

    private final StringBuilder svg = new StringBuilder();

    /** An arrow with its way. */
    private record Drawn(Arrow arrow, Route route) {}

    String write(String title, Layout layout, List<Arrow> arrows) {
        Rect bounds = Bounds.of(layout, List.of());
        Routes routes = new Routes(layout, bounds.x());
        List<Drawn> drawn = arrows.stream().map(it -> new Drawn(it, routes.of(it))).toList();
        begin(title, Bounds.of(layout, drawn.stream().map(this::extent).toList()));
        layout.frames().forEach(this::frame);
        drawn.forEach(this::arrow);
        layout.places().forEach(this::node);
        drawn.forEach(this::said);
        return svg.append("</svg>\n").toString();
    }

    private void begin(String title, Rect bounds) {
        int width = bounds.width() + 2 * MARGIN;
        int height = bounds.height() + 2 * MARGIN;
        int x = bounds.x() - MARGIN;
        int y = bounds.y() - MARGIN;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"")
                .append(" width=\"%d\" height=\"%d\"".formatted(width, height))
                .append(" viewBox=\"%d %d %d %d\">\n".formatted(x, y, width, height))
                .append("  <title>%s</title>\n".formatted(escaped(title)))
                .append(STYLE)
                .append("  <rect x=\"%d\" y=\"%d\" width=\"%d\"".formatted(x, y, width))
                .append(" height=\"%d\" fill=\"#ffffff\"/>\n".formatted(height));
    }

    private void frame(Rect it) {
        svg.append("  <rect class=\"frame\" x=\"%d\" y=\"%d\"".formatted(it.x(), it.y()))
                .append(" width=\"%d\" height=\"%d\"/>\n".formatted(it.width(), it.height()));
    }

    private void arrow(Drawn drawn) {
        Arrow arrow = drawn.arrow();
        String corners =
                drawn.route().points().stream()
                        .map(it -> it.x() + " " + it.y())
                        .collect(Collectors.joining(" L"));
        String kind = arrow.kind().name().toLowerCase(Locale.ROOT);
        String head = arrow.kind() == Arrow.Kind.UNDOES ? "" : " marker-end=\"url(#head)\"";
        svg.append("  <path class=\"arrow %s\"".formatted(kind))
                .append(" data-from=\"%s\" data-to=\"%s\"".formatted(arrow.from(), arrow.to()))
                .append(" d=\"M%s\"%s/>\n".formatted(corners, head));
    }

    private void node(String id, Place place) {
        String whole = String.join("\n", place.text());
        svg.append("  <g class=\"node %s\" id=\"%s\">\n".formatted(place.shape(), id))
                .append("    <title>%s</title>\n".formatted(escaped(whole)))
                .append("    <path d=\"%s\"/>\n".formatted(Outline.of(place)));
        int height = Layout.LINE_HEIGHT * place.text().size();
        int y = place.rect().center() - height / 2 + 12;
        for (String line : place.text()) {
            svg.append("    <text x=\"%d\" y=\"%d\">".formatted(place.rect().middle(), y))
                    .append(escaped(shortened(line)))
                    .append("</text>\n");
            y += Layout.LINE_HEIGHT;
        }
        svg.append("  </g>\n");
    }

    private void said(Drawn drawn) {
        if (!drawn.arrow().text().isEmpty()) {
            Point at = drawn.route().text();
            String end = drawn.route().endsAtText() ? " end" : "";
            svg.append("  <text class=\"said%s\"".formatted(end))
                    .append(" x=\"%d\" y=\"%d\">".formatted(at.x(), at.y()))
                    .append(escaped(shortened(drawn.arrow().text())))
                    .append("</text>\n");
        }
    }

    /** The corners of an arrow and both ends of what stands at it. */
    private List<Point> extent(Drawn drawn) {
        List<Point> points = new ArrayList<>(drawn.route().points());
        Point at = drawn.route().text();
        int width = CHAR * shortened(drawn.arrow().text()).length();
        points.add(new Point(drawn.route().endsAtText() ? at.x() - width : at.x() + width, at.y()));
        return points;
    }

    private static String shortened(String line) {
        int length = line.codePointCount(0, line.length());
        return length <= MOST_CHARS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MOST_CHARS - 1)) + "…";
    }

    /** Characters that XML 1.0 has no way to say are left out. */
    private static String escaped(String plain) {
        StringBuilder text = new StringBuilder();
        plain.codePoints().filter(SvgWriter::isXml).forEach(text::appendCodePoint);
        return text.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    private static boolean isXml(int it) {
        return it == '\n'
                || it == '\t'
                || (it >= 0x20 && it <= 0xD7FF)
                || (it >= 0xE000 && it <= 0xFFFD)
                || it >= 0x10000;
    }
}
