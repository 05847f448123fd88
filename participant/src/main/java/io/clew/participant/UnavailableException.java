package io.clew.participant;

/** Something the work needs is away; the batch is to be handled again, nothing is acknowledged. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    UnavailableException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
        this.what = what;
    }

    /** What is away, in words fit for strangers. */
    public String what() {
        return what;
    }
}
