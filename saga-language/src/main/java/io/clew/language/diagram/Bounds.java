package io.clew.language.diagram;

import io.clew.language.diagram.Layout.Place;
import io.clew.language.diagram.Route.Point;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How large a picture is. */
final class Bounds {

    private Bounds() {}

    /** The smallest rectangle around everything that is placed, and around these points. */
    static Rect of(Layout layout, List<List<Point>> points) {
        List<Rect> all =
                Stream.of(
                                layout.places().values().stream().map(Place::rect),
                                layout.frames().stream(),
                                points.stream()
                                        .flatMap(List::stream)
                                        .map(it -> new Rect(it.x(), it.y(), 0, 0)))
                        .flatMap(it -> it)
                        .toList();
        int x = least(all.stream().mapToInt(Rect::x));
        int y = least(all.stream().mapToInt(Rect::y));
        int right = all.stream().mapToInt(Rect::right).max().orElseThrow();
        int bottom = all.stream().mapToInt(Rect::bottom).max().orElseThrow();
        return new Rect(x, y, right - x, bottom - y);
    }

    private static int least(IntStream numbers) {
        return numbers.min().orElseThrow();
    }
}
