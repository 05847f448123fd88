package io.clew.language;

import java.util.Set;
import java.util.regex.Pattern;

/** What names look like. */
enum Naming {
    /** Of definitions and participants. */
    HYPHENS("[a-z][a-z0-9]*(-[a-z0-9]+)*", "lowercase letters, digits and hyphens, like my-saga"),
    /** Of steps and index attributes: they appear in expressions. */
    CAMEL("[a-z][a-zA-Z0-9]*", "lowerCamelCase, like chargePayment"),
    /** Of the items of loops: they are variables in expressions. */
    VARIABLE("[a-z][a-zA-Z0-9]*", "lowerCamelCase, like line"),
    /** Of topics, as Kafka has it. */
    TOPIC("(?!\\.{1,2}$)[a-zA-Z0-9._-]+", "letters, digits, dots, hyphens and underscores"),
    /** Full names of Avro records. */
    RECORD("([A-Za-z_][A-Za-z0-9_]*\\.)*[A-Za-z_][A-Za-z0-9_]*", "a full name, like io.acme.Paid"),
    /** Codes of refusals. */
    CODE("[A-Za-z][A-Za-z0-9_.-]*", "a code, like OUT_OF_STOCK");

    private static final int MAX_NAME = 64;
    private static final int MAX_TOPIC = 249;

    private static final Set<String> CEL_WORDS =
            Set.of(
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "false",
                    "for",
                    "function",
                    "if",
                    "import",
                    "in",
                    "let",
                    "loop",
                    "namespace",
                    "null",
                    "package",
                    "return",
                    "true",
                    "var",
                    "void",
                    "while");

    /** Names that stand for something else in expressions. */
    private static final Set<String> VARIABLES =
            Set.of(
                    "event",
                    "steps",
                    "saga",
                    "failure",
                    "received",
                    "index",
                    "bool",
                    "bytes",
                    "cel",
                    "double",
                    "google",
                    "int",
                    "list",
                    "map",
                    "optional",
                    "string",
                    "type",
                    "uint");

    private final Pattern pattern;
    private final String words;

    Naming(String pattern, String words) {
        this.pattern = Pattern.compile(pattern);
        this.words = words;
    }

    boolean allows(String name) {
        int max = this == TOPIC || this == RECORD ? MAX_TOPIC : MAX_NAME;
        return name.length() <= max
                && pattern.matcher(name).matches()
                && !((this == CAMEL || this == VARIABLE) && CEL_WORDS.contains(name))
                && !(this == VARIABLE && VARIABLES.contains(name))
                && !(this == HYPHENS && name.equals("saga"));
    }

    String remedy() {
        return switch (this) {
            case HYPHENS -> "Use " + words + ", at most 64 long; 'saga' is reserved";
            case CAMEL -> "Use " + words + ", at most 64 long, no word of CEL such as 'in'";
            case VARIABLE ->
                    "Use "
                            + words
                            + ", at most 64 long, no word of CEL, and none that means something in"
                            + " expressions, such as 'event'";
            case TOPIC, RECORD, CODE -> "Use " + words;
        };
    }
}
