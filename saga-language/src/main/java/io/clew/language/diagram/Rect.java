package io.clew.language.diagram;

/** A rectangle, in pixels; y grows downwards. */
record Rect(int x, int y, int width, int height) {
    int right() {
        return x + width;
    }

    int bottom() {
        return y + height;
    }

    int middle() {
        return x + width / 2;
    }

    int center() {
        return y + height / 2;
    }

    /** Whether a vertical line at this x, from {@code top} to {@code bottom}, meets it. */
    boolean isMetBy(int at, int top, int bottom) {
        return at >= x && at <= right() && top < bottom() && bottom > y;
    }
}
