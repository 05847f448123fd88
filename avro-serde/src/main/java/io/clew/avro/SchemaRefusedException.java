package io.clew.avro;

/** The registry refuses a schema: incompatible (409) or invalid (422). */
public final class SchemaRefusedException extends RegistryException {

    private static final long serialVersionUID = 1L;

    private final String subject;
    private final int errorCode;
    private final String reason;

    SchemaRefusedException(String subject, String schemaName, int errorCode, String reason) {
        super(
                "Expected schema %s to be accepted for subject %s but it was refused (%d): %s"
                        .formatted(schemaName, subject, errorCode, reason),
                null);
        this.subject = subject;
        this.errorCode = errorCode;
        this.reason = reason;
    }

    /** The subject the schema was meant for. */
    public String subject() {
        return subject;
    }

    /** The registry's {@code error_code}, or the HTTP status if it gave none. */
    public int errorCode() {
        return errorCode;
    }

    /** The registry's own words. */
    public String reason() {
        return reason;
    }
}
