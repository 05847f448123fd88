package io.clew.language.diagram;

import io.clew.language.diagram.Layout.Place;

/** The outline of a node, by what it stands for, as the {@code d} of an SVG path. */
final class Outline {

    private static final int SLANT = 10;

    private Outline() {}

    static String of(Place place) {
        Rect it = place.rect();
        return switch (place.shape()) {
            case "pivot" -> hexagon(it);
            case "retriable", "delay" -> rounded(it, SLANT);
            case "terminal", "savepoint", "choice-end" -> rounded(it, it.height() / 2);
            case "choice" -> diamond(it);
            case "await" -> slanted(it, SLANT, -SLANT);
            case "parallel" -> slanted(it, SLANT, SLANT);
            case "parallel-end" -> slanted(it, -SLANT, -SLANT);
            default -> rounded(it, 0);
        };
    }

    private static String rounded(Rect it, int radius) {
        String arc = "a%d %d 0 0 1 ".formatted(radius, radius);
        return String.join(
                " ",
                "M" + (it.x() + radius) + " " + it.y() + " H" + (it.right() - radius),
                arc + radius + " " + radius + " V" + (it.bottom() - radius),
                arc + -radius + " " + radius + " H" + (it.x() + radius),
                arc + -radius + " " + -radius + " V" + (it.y() + radius),
                arc + radius + " " + -radius + " z");
    }

    private static String hexagon(Rect it) {
        return polygon(
                it.x() + SLANT,
                it.y(),
                it.right() - SLANT,
                it.y(),
                it.right(),
                it.center(),
                it.right() - SLANT,
                it.bottom(),
                it.x() + SLANT,
                it.bottom(),
                it.x(),
                it.center());
    }

    private static String diamond(Rect it) {
        return polygon(
                it.middle(), it.y(),
                it.right(), it.center(),
                it.middle(), it.bottom(),
                it.x(), it.center());
    }

    /** Its upper corners moved inwards by so much; a negative number moves the lower one. */
    private static String slanted(Rect it, int left, int right) {
        return polygon(
                it.x() + Math.max(left, 0),
                it.y(),
                it.right() - Math.max(right, 0),
                it.y(),
                it.right() - Math.max(-right, 0),
                it.bottom(),
                it.x() + Math.max(-left, 0),
                it.bottom());
    }

    private static String polygon(int... corners) {
        StringBuilder path = new StringBuilder("M");
        for (int i = 0; i < corners.length; i += 2) {
            path.append(i == 0 ? "" : " L").append(corners[i]).append(' ').append(corners[i + 1]);
        }
        return path.append(" z").toString();
    }
}
