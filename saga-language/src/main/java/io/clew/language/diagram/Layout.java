package io.clew.language.diagram;

import io.clew.language.diagram.Figure.Box;
import io.clew.language.diagram.Figure.Group;
import io.clew.language.diagram.Figure.GroupKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where everything is drawn. Each line of figures is one column of boxes, with a second column to
 * the right of it for compensations; the lanes of a group stand side by side, the first of them in
 * the column of the group itself.
 */
final class Layout {
    static final int WIDTH = 210;
    static final int GAP = 34;
    static final int LINE_HEIGHT = 16;

    private static final int PADDING = 14;
    private static final int FRAME = 18;

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Rect> frames = new ArrayList<>();
    private final Map<String, Integer> passes = new HashMap<>();
    private int right;

    /**
     * A node on the picture.
     *
     * @param shape its box kind, or the word for what else it is
     */
    record Place(String shape, List<String> text, Rect rect) {}

    Layout(List<String> trigger, List<Figure> line) {
        int y = put(Ids.START, "terminal", trigger, 0, 0);
        int done = line(line, 0, y + GAP);
        put(Ids.COMPLETED, "terminal", List.of("completed"), 0, done);
        if (Figure.hasUndo(line)) {
            int x = WIDTH + GAP;
            put(Ids.COMPENSATED, "terminal", List.of("compensated"), x, 0);
            List<String> text = List.of("taken back,", "from the newest on");
            put(Ids.FAILURE, "terminal", text, x, done);
        }
    }

    /** Nodes by their ids, in the order they are read. */
    Map<String, Place> places() {
        return places;
    }

    Rect of(String id) {
        return Optional.ofNullable(places.get(id)).orElseThrow().rect();
    }

    /** The x at which an arrow passes the lanes of a group; of either of its own nodes. */
    int pass(String id) {
        return Optional.ofNullable(passes.get(id)).orElseThrow();
    }

    /** Frames around loops, the outer ones first. */
    List<Rect> frames() {
        return frames;
    }

    /** The y below the last figure and its gap. */
    private int line(List<Figure> line, int x, int top) {
        int y = top;
        for (Figure figure : line) {
            y =
                    GAP
                            + switch (figure) {
                                case Box box -> box(box, x, y);
                                case Group group -> group(group, x, y);
                            };
        }
        return y;
    }

    private int box(Box box, int x, int y) {
        String shape = box.kind().name().toLowerCase(Locale.ROOT);
        int bottom = put(Ids.of(box), shape, box.text(), x, y);
        return box.undo().isPresent()
                ? Math.max(bottom, put(Ids.undo(box), "undo", box.undo().get(), x + WIDTH + GAP, y))
                : bottom;
    }

    private int group(Group group, int x, int top) {
        String kind = group.kind().name().toLowerCase(Locale.ROOT);
        boolean loop = group.kind() == GroupKind.LOOP;
        int left = leftRoom(group.lanes().get(0).figures()) + FRAME;
        passes.put(Ids.open(group), x - left + FRAME / 2);
        passes.put(Ids.close(group), x - left + FRAME / 2);
        int frame = frames.size();
        int begin = loop ? top + FRAME : top;
        int y = put(Ids.open(group), kind, group.text(), x, begin) + GAP;
        int bottom = y;
        int before = right;
        right = x;
        for (int i = 0; i < group.lanes().size(); i++) {
            List<Figure> figures = group.lanes().get(i).figures();
            int lane = i == 0 ? x : right + GAP + leftRoom(figures);
            bottom = Math.max(bottom, line(figures, lane, y));
            right = Math.max(right, lane + (Figure.hasUndo(figures) ? 2 * WIDTH + GAP : WIDTH));
        }
        int end = put(Ids.close(group), kind + "-end", List.of(closing(group.kind())), x, bottom);
        if (loop) {
            Rect inside = new Rect(x - left, top, right - x + left + FRAME, end - top + FRAME);
            frames.add(frame, inside);
            right += FRAME;
            end += FRAME;
        }
        right = Math.max(right, before);
        return end;
    }

    /** How much is drawn to the left of a line's column: frames, and arrows past lanes. */
    static int leftRoom(List<Figure> line) {
        return line.stream().mapToInt(Layout::leftRoom).max().orElse(0);
    }

    private static int leftRoom(Figure figure) {
        return switch (figure) {
            case Box ignored -> 0;
            case Group group -> {
                boolean passed = group.skippable() || group.kind() == GroupKind.LOOP;
                yield leftRoom(group.lanes().get(0).figures()) + (passed ? FRAME : 0);
            }
        };
    }

    private static String closing(GroupKind kind) {
        return switch (kind) {
            case CHOICE -> "or";
            case PARALLEL -> "all done";
            case LOOP -> "item done";
        };
    }

    /** The y below it. */
    private int put(String id, String shape, List<String> text, int x, int y) {
        int height = LINE_HEIGHT * text.size() + PADDING;
        places.put(id, new Place(shape, text, new Rect(x, y, WIDTH, height)));
        right = Math.max(right, x + WIDTH);
        return y + height;
    }
}
