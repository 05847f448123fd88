package io.clew.language.diagram;

import java.util.List;

/**
 * An arrow on the picture.
 *
 * @param points its corners; the head is at the last
 * @param text where what stands at it is written
 * @param endsAtText whether that is written to the left of there
 */
record Route(List<Point> points, Point text, boolean endsAtText) {
    Route {
        points = List.copyOf(points);
    }

    /** In pixels; y grows downwards. */
    record Point(int x, int y) {}

    /** A route whose text stands to the right of its last corner but one, above the head. */
    static Route of(Point... points) {
        Point head = points[points.length - 1];
        return new Route(List.of(points), new Point(head.x() + 6, head.y() - 7), false);
    }

    Route withText(int x, int y, boolean endsThere) {
        return new Route(points, new Point(x, y), endsThere);
    }
}
