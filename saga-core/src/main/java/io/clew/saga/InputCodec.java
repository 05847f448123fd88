package io.clew.saga;

/** Port: reads what stands on the inbox. */
public interface InputCodec {
    /**
     * Never throws for bad bytes and never blocks: a missing schema is {@link Decoded.NotYet}. An
     * intervention needs no schema, so that operators are heard while the registry is away.
     */
    Decoded decode(RawInput raw);

    /** Whether the record is an operator's; the answer never changes. */
    default boolean isIntervention(RawInput raw) {
        return decode(raw) instanceof Decoded.Readable readable
                && readable.input() instanceof SagaInput.Intervention;
    }

    /** What reading a record gave. */
    sealed interface Decoded {
        record Readable(SagaInput input) implements Decoded {}

        /** Is for all sagas of the partition; its key is that of its subject. */
        record ForAll(PauseRequest request) implements Decoded {}

        /** Cannot be read at present, for a reason outside the record. */
        record NotYet(String reason) implements Decoded {}

        /** Can never be read; {@code code} is stable, {@code reason} for people. */
        record Unreadable(String code, String reason) implements Decoded {}
    }
}
