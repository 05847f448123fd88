package io.clew.language.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody may have meant. */
public final class Similar {

    private Similar() {}

    /** "Did you mean …" for the nearest known name, else the list of all that are known. */
    public static String remedy(String name, Collection<String> known) {
        Optional<String> nearest = nearest(name, known);
        if (nearest.isPresent()) {
            return "Did you mean '" + nearest.get() + "'?";
        }
        return known.isEmpty()
                ? "Nothing is known here."
                : "Known here: " + String.join(", ", known.stream().sorted().toList()) + ".";
    }

    /** The known name nearest to this one, if it is near at all. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(it -> distance(name, it) <= limit)
                .min(
                        Comparator.comparingInt((String it) -> distance(name, it))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's, without regard to case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
