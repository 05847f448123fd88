package io.clew.language.expression;

/**
 * What is wrong with an expression or with where its value goes.
 *
 * @param fatal whether the definition is refused for it
 * @param message what was expected and what is there
 * @param remedy what to write instead
 */
public record Problem(boolean fatal, String message, String remedy) {

    /** A follow-on of another problem: it stops the expression, and is not told again. */
    static final Problem TOLD = fault("Expected no fault before", "Mend that one first");

    static Problem fault(String message, String remedy) {
        return new Problem(true, message, remedy);
    }

    static Problem warning(String message, String remedy) {
        return new Problem(false, message, remedy);
    }
}
