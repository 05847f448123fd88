package io.clew.language;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 200ms}, {@code 1h30m}, {@code 7d}, or ISO 8601. */
final class Durations {

    static final Duration MAX = Duration.ofDays(3650);

    private static final Pattern SHORT =
            Pattern.compile(
                    "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?"
                            + "(?:(\\d{1,9})ms)?");

    private Durations() {}

    /** The duration in a text; empty if there is none in it or it is beyond ten years. */
    static Optional<Duration> parse(String text) {
        Matcher parts = SHORT.matcher(text);
        if (text.startsWith("P")) {
            return iso(text).filter(Durations::withinLimits);
        }
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                        Duration.ofDays(part(parts, 1))
                                .plusHours(part(parts, 2))
                                .plusMinutes(part(parts, 3))
                                .plusSeconds(part(parts, 4))
                                .plusMillis(part(parts, 5)))
                .filter(Durations::withinLimits);
    }

    /** As people write it, for messages. */
    static String words(Duration duration) {
        String text =
                unit(duration.toDaysPart(), "d")
                        + unit(duration.toHoursPart(), "h")
                        + unit(duration.toMinutesPart(), "m")
                        + unit(duration.toSecondsPart(), "s")
                        + unit(duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static String unit(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean withinLimits(Duration duration) {
        return !duration.isNegative()
                && duration.compareTo(MAX) <= 0
                && duration.toNanosPart() % 1_000_000 == 0;
    }

    private static long part(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }
}
