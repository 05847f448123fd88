package io.clew.language.diagram;

import java.util.List;

/**
 * A definition as a picture: down the forward path, up the compensations in reverse. The same
 * definition always gives the same text.
 */
public final class Diagram {

    private final String title;
    private final List<String> trigger;
    private final List<Figure> line;

    /**
     * A picture of these figures.
     *
     * @param title name and version
     * @param trigger lines of what starts it
     * @param line from top to bottom
     */
    public Diagram(String title, List<String> trigger, List<Figure> line) {
        this.title = title;
        this.trigger = List.copyOf(trigger);
        this.line = List.copyOf(line);
    }

    /** A flowchart of <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid</a>. */
    public String mermaid() {
        return new MermaidWriter().write(title, trigger, line);
    }

    /** An SVG 1.1 document that needs nothing else: no script, no font, no link. */
    public String svg() {
        return new SvgWriter().write(title, new Layout(trigger, line), Arrows.of(line));
    }
}
