package io.clew.language;

import io.clew.saga.StepKind;
import java.util.Locale;

/**
 * How near to the point of no return a place is, on whichever path brings it nearest.
 *
 * @param kind of the step that brought it there; compensatable is before it
 * @param how a step here stands to that one, such as {@code comes after a pivot step}
 */
record Passed(StepKind kind, String how) {
    static final Passed NOTHING = new Passed(StepKind.COMPENSATABLE, "");

    static Passed after(StepKind kind) {
        return kind == StepKind.COMPENSATABLE
                ? NOTHING
                : new Passed(kind, "comes after a " + word(kind) + " step");
    }

    static String word(StepKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    boolean pointOfNoReturn() {
        return kind != StepKind.COMPENSATABLE;
    }

    Passed orFurther(Passed other) {
        return other.kind().compareTo(kind) > 0 ? other : this;
    }
}
