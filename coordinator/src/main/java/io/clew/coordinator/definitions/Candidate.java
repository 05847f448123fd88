package io.clew.coordinator.definitions;

import io.clew.saga.SagaId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A version that a share of the new sagas follows.
 *
 * @param version which
 * @param percent its share, 0 to 100
 */
public record Candidate(int version, int percent) {
    public static final int WHOLE = 100;

    public Candidate {
        if (version < 1 || percent < 0 || percent > WHOLE) {
            throw new IllegalArgumentException(
                    "Expected a version from 1 and 0 to 100 percent but got "
                            + version
                            + " and "
                            + percent);
        }
    }

    /**
     * Whether a saga follows it. That depends on the saga's id and this version alone, and a larger
     * share takes all that a smaller one takes. Each version draws anew, so that not the same
     * customers try out all of them.
     */
    boolean takes(SagaId saga) {
        byte[] text = (version + " " + saga.value()).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            long draw = Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt());
            return draw * WHOLE >>> Integer.SIZE < percent;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Expected every JDK to have SHA-256", impossible);
        }
    }
}
