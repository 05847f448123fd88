package io.clew.saga;

/**
 * Port: stores and forwards.
 *
 * @param <P> a batch with everything encoded and checked
 */
public interface BatchWriter<P> {
    /**
     * Encodes and checks everything; writes nothing.
     *
     * @throws RuntimeException if anything cannot be encoded, or is too large
     */
    P prepare(Batch batch);

    /** Writes and forwards what was prepared; nothing of the batch's own can fail any more. */
    void commit(P prepared);

    /**
     * Whether something of this saga that only this owner has seen is written but not committed:
     * nothing more of it may be taken until then.
     */
    boolean awaitsCommit(SagaId saga);
}
