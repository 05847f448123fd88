package io.clew.language.diagram;

import io.clew.language.diagram.Figure.Box;
import io.clew.language.diagram.Figure.Group;
import io.clew.language.diagram.Figure.GroupKind;
import io.clew.language.diagram.Figure.Lane;
import java.util.List;

/** Writes a Mermaid flowchart; a loop is a subgraph, compensations are dotted. */
final class MermaidWriter {

    private final StringBuilder text = new StringBuilder();
    private int depth = 1;

    String write(String title, List<String> trigger, List<Figure> line) {
        text.append("---\ntitle: \"").append(title).append("\"\n---\nflowchart TB\n");
        node(Ids.START, "([", trigger, "])");
        nodes(line);
        node(Ids.COMPLETED, "([", List.of("completed"), "])");
        if (Figure.hasUndo(line)) {
            node(Ids.FAILURE, "([", List.of("taken back", "from the newest on"), "])");
            node(Ids.COMPENSATED, "([", List.of("compensated"), "])");
        }
        Arrows.of(line).forEach(this::arrow);
        style("classDef undo stroke-dasharray: 4 3");
        style("classDef pivot stroke-width: 4px");
        return text.toString();
    }

    private void nodes(List<Figure> line) {
        for (Figure figure : line) {
            switch (figure) {
                case Box box -> box(box);
                case Group group -> group(group);
            }
        }
    }

    private void box(Box box) {
        switch (box.kind()) {
            case COMPENSATABLE -> node(Ids.of(box), "[", box.text(), "]");
            case PIVOT -> node(Ids.of(box), "{{", box.text(), "}}:::pivot");
            case RETRIABLE -> node(Ids.of(box), "(", box.text(), ")");
            case AWAIT -> node(Ids.of(box), "[/", box.text(), "/]");
            case DELAY -> node(Ids.of(box), ">", box.text(), "]");
            case SAVEPOINT -> node(Ids.of(box), "((", box.text(), "))");
        }
        if (box.undo().isPresent()) {
            node(Ids.undo(box), "[", box.undo().get(), "]:::undo");
        }
    }

    private void group(Group group) {
        boolean loop = group.kind() == GroupKind.LOOP;
        if (loop) {
            style("subgraph " + Ids.open(group) + "_frame[\" \"]");
            depth++;
        }
        switch (group.kind()) {
            case CHOICE -> node(Ids.open(group), "{", group.text(), "}");
            case PARALLEL -> node(Ids.open(group), "[/", group.text(), "\\]");
            case LOOP -> node(Ids.open(group), "[[", group.text(), "]]");
        }
        group.lanes().stream().map(Lane::figures).forEach(this::nodes);
        switch (group.kind()) {
            case CHOICE -> node(Ids.close(group), "((", List.of("or"), "))");
            case PARALLEL -> node(Ids.close(group), "[\\", List.of("all done"), "/]");
            case LOOP -> node(Ids.close(group), "[[", List.of("item done"), "]]");
        }
        if (loop) {
            depth--;
            style("end");
        }
    }

    private void node(String id, String open, List<String> lines, String close) {
        List<String> escaped = lines.stream().map(MermaidWriter::escaped).toList();
        style(id + open + '"' + String.join("<br/>", escaped) + '"' + close);
    }

    private void arrow(Arrow arrow) {
        String line =
                switch (arrow.kind()) {
                    case FORWARD, AGAIN -> " -->";
                    case UNDOES -> " -.-";
                    case COMPENSATION, ITEM_BEFORE -> " -.->";
                    case ROLLBACK -> " ==>";
                };
        String said = arrow.text().isEmpty() ? "" : "|\"" + escaped(arrow.text()) + "\"|";
        style(arrow.from() + line + said + " " + arrow.to());
    }

    private void style(String statement) {
        text.append("  ".repeat(depth)).append(statement).append('\n');
    }

    /** As Mermaid's entity codes: quotes and markup would be taken as such. */
    private static String escaped(String plain) {
        StringBuilder escaped = new StringBuilder();
        plain.codePoints()
                .forEach(
                        it -> {
                            if (Character.isISOControl(it)) {
                                escaped.append(' ');
                            } else if ("\"#<>&`\\;".indexOf(it) >= 0) {
                                escaped.append('#').append(it).append(';');
                            } else {
                                escaped.appendCodePoint(it);
                            }
                        });
        return escaped.toString();
    }
}
