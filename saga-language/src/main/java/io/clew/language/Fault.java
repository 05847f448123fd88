package io.clew.language;

/**
 * Something to mend in a definition.
 *
 * @param line from 1
 * @param column from 1
 * @param path such as {@code steps[1].action.with.amount}, empty for the whole
 * @param message what was expected and what is there
 * @param remedy what to write instead
 */
public record Fault(
        Severity severity, int line, int column, String path, String message, String remedy) {

    /** Whether a definition is refused for it. */
    public enum Severity {
        ERROR,
        WARNING
    }

    @Override
    public String toString() {
        String at = path.isEmpty() ? "" : " " + path + ":";
        return line + ":" + column + at + " " + message + ". " + remedy;
    }
}
