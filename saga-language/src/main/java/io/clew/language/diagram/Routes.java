package io.clew.language.diagram;

import io.clew.language.diagram.Layout.Place;
import io.clew.language.diagram.Route.Point;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds ways for arrows. They have horizontal and vertical pieces only and go round boxes where
 * they can; those that must pass something get a lane of their own beside it.
 */
final class Routes {

    private static final int TURN = Layout.GAP / 2;
    private static final int BESIDE = 9;
    private static final int SPACING = 6;
    private static final int BACK_SPACING = 14;

    private final Layout layout;
    private final int left;
    private final Map<String, Integer> rollbacksFrom = new HashMap<>();
    private int besides;
    private int rollbacks;

    /**
     * Ways on this picture.
     *
     * @param left x of what is drawn leftmost in it
     */
    Routes(Layout layout, int left) {
        this.layout = layout;
        this.left = left;
    }

    Route of(Arrow arrow) {
        Rect from = layout.of(arrow.from());
        Rect to = layout.of(arrow.to());
        return switch (arrow.kind()) {
            case FORWARD -> forward(arrow, from, to);
            case AGAIN -> past(layout.pass(arrow.from()), from, to);
            case UNDOES -> across(from, to);
            case COMPENSATION -> back(from, to);
            case ITEM_BEFORE -> itemBefore(from, to);
            case ROLLBACK -> rollback(arrow, from, to);
        };
    }

    private Route forward(Arrow arrow, Rect from, Rect to) {
        if (from.middle() == to.middle()) {
            return isFree(from.middle(), from.bottom(), to.y())
                    ? Route.of(at(from.middle(), from.bottom()), at(to.middle(), to.y()))
                    : past(layout.pass(arrow.from()), from, to);
        }
        return from.x() < to.x()
                ? Route.of(
                        at(from.right(), from.center()),
                        at(to.middle(), from.center()),
                        at(to.middle(), to.y()))
                : Route.of(
                        at(from.middle(), from.bottom()),
                        at(from.middle(), to.center()),
                        at(to.right(), to.center()));
    }

    /** Out of the left side, along x, and into the left side again. */
    private static Route past(int x, Rect from, Rect to) {
        return Route.of(
                        at(from.x(), from.center()),
                        at(x, from.center()),
                        at(x, to.center()),
                        at(to.x(), to.center()))
                .withText(x + 3, from.y() < to.y() ? from.bottom() + 12 : from.y() - 5, false);
    }

    private static Route across(Rect from, Rect to) {
        int y = from.y() + Math.min(from.height(), to.height()) / 2;
        return Route.of(at(from.right(), y), at(to.x(), y));
    }

    private Route back(Rect from, Rect to) {
        Point begin = at(from.middle(), from.y());
        Point end = at(to.middle(), to.bottom());
        if (from.middle() == to.middle() && isFree(from.middle(), to.bottom(), from.y())) {
            return Route.of(begin, end);
        }
        int low = from.y() - TURN;
        int high = to.bottom() + TURN;
        if (from.middle() != to.middle() && isFree(to.middle(), to.bottom(), low)) {
            return Route.of(begin, at(begin.x(), low), at(end.x(), low), end);
        }
        if (from.middle() != to.middle() && isFree(from.middle(), high, from.y())) {
            return Route.of(begin, at(begin.x(), high), at(end.x(), high), end);
        }
        int x = beside(to.y(), from.bottom());
        return Route.of(
                at(from.right(), from.center()),
                at(x, from.center()),
                at(x, to.center()),
                at(to.right(), to.center()));
    }

    private Route itemBefore(Rect from, Rect to) {
        int x = beside(Math.min(from.y(), to.y()), Math.max(from.bottom(), to.bottom()));
        int out = from.center() - SPACING;
        int in = to.center() + SPACING;
        return Route.of(at(from.right(), out), at(x, out), at(x, in), at(to.right(), in))
                .withText(x - 3, from.y() - 4, true);
    }

    private Route rollback(Arrow arrow, Rect from, Rect to) {
        int x = left - 2 * SPACING - BACK_SPACING * rollbacks++;
        int nth = rollbacksFrom.merge(arrow.from(), 1, Integer::sum);
        int y = Math.min(from.y() + BACK_SPACING * nth, from.bottom());
        return Route.of(at(from.x(), y), at(x, y), at(x, to.center()), at(to.x(), to.center()))
                .withText(x - 3, y + 4, true);
    }

    private boolean isFree(int x, int top, int bottom) {
        return rects().noneMatch(it -> it.isMetBy(x, top, bottom));
    }

    /** An x to the right of all that is drawn between. */
    private int beside(int top, int bottom) {
        int right =
                rects().filter(it -> it.y() < bottom && it.bottom() > top)
                        .mapToInt(Rect::right)
                        .max()
                        .orElseThrow();
        return right + BESIDE + SPACING * besides++;
    }

    private Stream<Rect> rects() {
        return layout.places().values().stream().map(Place::rect);
    }

    private static Point at(int x, int y) {
        return new Point(x, y);
    }
}
