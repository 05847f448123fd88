package io.clew.saga;

import java.util.Comparator;
import java.util.Locale;

/**
 * What can be paused as a whole: all sagas of a definition, or all commands to a participant or to
 * a topic. Operators pause the first two; a topic is paused while its partition takes it for
 * missing.
 */
public record PauseSubject(Kind kind, String name) implements Comparable<PauseSubject> {
    private static final Comparator<PauseSubject> ORDER =
            Comparator.comparing(PauseSubject::kind).thenComparing(PauseSubject::name);

    public enum Kind {
        DEFINITION,
        PARTICIPANT,
        TOPIC
    }

    public static PauseSubject definition(String name) {
        return new PauseSubject(Kind.DEFINITION, name);
    }

    public static PauseSubject participant(String name) {
        return new PauseSubject(Kind.PARTICIPANT, name);
    }

    public static PauseSubject topic(String name) {
        return new PauseSubject(Kind.TOPIC, name);
    }

    /**
     * The inverse of {@link #key}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static PauseSubject ofKey(String key) {
        int slash = key.indexOf('/');
        for (Kind kind : Kind.values()) {
            if (slash > 0
                    && slash < key.length() - 1
                    && word(kind).equals(key.substring(0, slash))) {
                return new PauseSubject(kind, key.substring(slash + 1));
            }
        }
        throw new IllegalArgumentException(
                "Expected definition/<name>, participant/<name> or topic/<name> but got '"
                        + key
                        + "'");
    }

    /** How it stands on the wire, such as {@code participant/payment}; never a saga id. */
    public String key() {
        return word(kind) + "/" + name;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(PauseSubject other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return word(kind) + " " + name;
    }
}
