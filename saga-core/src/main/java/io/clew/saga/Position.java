package io.clew.saga;

/**
 * Where an input stands in the log.
 *
 * @param topicId the broker's id of the inbox topic: a topic made anew has another one
 * @param partition partition of the inbox
 * @param offset offset in that partition
 */
public record Position(String topicId, int partition, long offset) {
    public Position {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "Expected partition and offset from 0 but got " + partition + "/" + offset);
        }
    }

    /**
     * Whether {@code other} is this position or stands before it. A topic made anew begins at
     * offset 0 again, so nothing in it stands before anything of the old one.
     */
    public boolean covers(Position other) {
        return topicId.equals(other.topicId) && other.offset <= offset;
    }

    /** Whether it stands behind that place of the same topic. */
    boolean isAfter(Position place) {
        return topicId.equals(place.topicId) && offset > place.offset;
    }
}
