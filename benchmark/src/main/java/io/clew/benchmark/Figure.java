package io.clew.benchmark;

import java.util.Arrays;
import java.util.Locale;

/** A figure measured several times: its median and its range. */
record Figure(double median, double least, double most) {

    private static final double WHOLE = 100;
    private static final double ONE_DIGIT = 10;

    static Figure of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("Expected at least one value but got none");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1]);
    }

    double ratioTo(Figure other) {
        return median / other.median;
    }

    /** The median; with its range if there is one. */
    @Override
    public String toString() {
        return Double.compare(least, most) == 0
                ? text(median)
                : "%s (%s–%s)".formatted(text(median), text(least), text(most));
    }

    /** As many digits as mean something. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String format =
                size >= WHOLE ? "%,.0f" : size >= ONE_DIGIT ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
