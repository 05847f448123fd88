package io.clew.participant;

/** A command that is answered {@code error} under a code of the library's own. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    CommandException(String code, String reason) {
        super(reason);
        this.code = code;
    }

    String code() {
        return code;
    }
}
