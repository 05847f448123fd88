package io.clew.coordinator.engine;

import java.nio.ByteBuffer;

/**
 * Where a record of the inbox stands among all a partition has seen: an inbox that was made anew
 * and adopted begins at offset 0 again, and stands behind the one before.
 *
 * @param epoch how many inbox topics there were before this one
 * @param offset where in the topic
 */
record InboxPlace(int epoch, long offset) implements Comparable<InboxPlace> {
    static final int BYTES = Integer.BYTES + Long.BYTES;
    static final InboxPlace LAST = new InboxPlace(Integer.MAX_VALUE, Long.MAX_VALUE);

    /** Reads it where it begins in {@code bytes}. */
    static InboxPlace read(byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, at, BYTES);
        return new InboxPlace(buffer.getInt(), buffer.getLong());
    }

    static InboxPlace read(byte[] bytes) {
        return read(bytes, 0);
    }

    void write(ByteBuffer into) {
        into.putInt(epoch).putLong(offset);
    }

    /** As bytes that are ordered like the places themselves. */
    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        write(buffer);
        return buffer.array();
    }

    @Override
    public int compareTo(InboxPlace other) {
        return epoch != other.epoch
                ? Integer.compare(epoch, other.epoch)
                : Long.compare(offset, other.offset);
    }
}
