package io.clew.saga;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Immutable bytes with value equality; a record value as it stands on a topic. */
public final class Bytes {
    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Takes a copy, so that no later change of {@code array} is seen. */
    public static Bytes copyOf(byte[] array) {
        return new Bytes(array.clone());
    }

    /** Wraps without a copy: the caller gives {@code array} away for good. */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array);
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The array itself, for the hot path; callers must not write to it. */
    public byte[] array() {
        return array;
    }

    public int size() {
        return array.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        int shown = Math.min(array.length, 16);
        String hex = HexFormat.of().formatHex(array, 0, shown);
        return "Bytes[" + array.length + ": " + hex + (shown < array.length ? "…" : "") + "]";
    }
}
