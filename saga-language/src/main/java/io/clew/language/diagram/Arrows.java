package io.clew.language.diagram;

import io.clew.language.diagram.Figure.Box;
import io.clew.language.diagram.Figure.Group;
import io.clew.language.diagram.Figure.GroupKind;
import io.clew.language.diagram.Figure.Lane;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the arrows of a line of figures. The compensation path is the forward path turned round,
 * with what has no compensation left out.
 */
final class Arrows {

    private final List<Arrow> arrows = new ArrayList<>();

    private Arrows() {}

    static List<Arrow> of(List<Figure> line) {
        Arrows found = new Arrows();
        End last = found.forward(line, new End(Ids.START, ""));
        found.add(Arrow.Kind.FORWARD, last, Ids.COMPLETED);
        if (Figure.hasUndo(line)) {
            found.add(
                    Arrow.Kind.COMPENSATION,
                    found.back(line, Set.of(Ids.FAILURE)),
                    Ids.COMPENSATED);
        }
        return List.copyOf(found.arrows);
    }

    /** Where an arrow begins that has no head yet. */
    private record End(String from, String text) {}

    private End forward(List<Figure> line, End end) {
        End at = end;
        for (Figure figure : line) {
            at =
                    switch (figure) {
                        case Box box -> forward(box, at);
                        case Group group -> forward(group, at);
                    };
        }
        return at;
    }

    private End forward(Box box, End end) {
        add(Arrow.Kind.FORWARD, end, Ids.of(box));
        if (box.undo().isPresent()) {
            arrows.add(new Arrow(Arrow.Kind.UNDOES, Ids.of(box), Ids.undo(box), ""));
        }
        for (Figure.Rollback back : box.rollbacks()) {
            String text = back.code() + ", at most " + back.max() + "×";
            arrows.add(
                    new Arrow(Arrow.Kind.ROLLBACK, Ids.of(box), Ids.named(back.savepoint()), text));
        }
        return new End(Ids.of(box), "");
    }

    private End forward(Group group, End end) {
        add(Arrow.Kind.FORWARD, end, Ids.open(group));
        for (Lane lane : group.lanes()) {
            End last = forward(lane.figures(), new End(Ids.open(group), lane.text()));
            add(Arrow.Kind.FORWARD, last, Ids.close(group));
        }
        if (group.skippable()) {
            add(Arrow.Kind.FORWARD, new End(Ids.open(group), "none"), Ids.close(group));
        }
        if (group.kind() == GroupKind.LOOP) {
            add(Arrow.Kind.AGAIN, new End(Ids.close(group), "next item"), Ids.open(group));
        }
        return new End(Ids.close(group), "");
    }

    /** From these on, backwards through the line; gives what was reached last. */
    private Set<String> back(List<Figure> line, Set<String> from) {
        Set<String> at = from;
        for (int i = line.size() - 1; i >= 0; i--) {
            at =
                    switch (line.get(i)) {
                        case Box box -> back(box, at);
                        case Group group -> back(group, at);
                    };
        }
        return at;
    }

    private Set<String> back(Box box, Set<String> from) {
        if (box.undo().isEmpty()) {
            return from;
        }
        add(Arrow.Kind.COMPENSATION, from, Ids.undo(box));
        return Set.of(Ids.undo(box));
    }

    private Set<String> back(Group group, Set<String> from) {
        Set<String> reached = new LinkedHashSet<>();
        for (Lane lane : group.lanes()) {
            if (Figure.hasUndo(lane.figures())) {
                int before = arrows.size();
                Set<String> last = back(lane.figures(), from);
                reached.addAll(last);
                if (group.kind() == GroupKind.LOOP) {
                    again(arrows.subList(before, arrows.size()), from, last);
                }
            } else if (group.kind() == GroupKind.CHOICE) {
                reached.addAll(from);
            }
        }
        if (reached.isEmpty() || group.skippable()) {
            reached.addAll(from);
        }
        return reached;
    }

    /** From the end of an item's compensations to the beginning of those of the item before. */
    private void again(List<Arrow> item, Set<String> from, Set<String> last) {
        List<String> first =
                item.stream()
                        .filter(it -> it.kind() == Arrow.Kind.COMPENSATION)
                        .filter(it -> from.contains(it.from()))
                        .map(Arrow::to)
                        .distinct()
                        .toList();
        for (String end : last) {
            for (String begin : first) {
                if (!from.contains(end)) {
                    arrows.add(new Arrow(Arrow.Kind.ITEM_BEFORE, end, begin, "item before"));
                }
            }
        }
    }

    private void add(Arrow.Kind kind, End end, String to) {
        arrows.add(new Arrow(kind, end.from(), to, end.text()));
    }

    private void add(Arrow.Kind kind, Set<String> from, String to) {
        from.forEach(it -> arrows.add(new Arrow(kind, it, to, "")));
    }
}
