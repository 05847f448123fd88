package io.clew.coordinator.query;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Where a list goes on, per partition of the inbox: partitions are named, not instances, so a
 * cursor outlives a rebalance. A partition that is missing has been listed whole. The text is
 * compressed, since it travels in an address.
 *
 * @param way the way the list takes; places on another mean nothing
 * @param after last place listed, empty if none was
 */
record Cursor(String way, Map<Integer, String> after) {

    private static final String FORMAT = "2 ";
    private static final int MAX_BYTES = 1 << 20;

    Cursor {
        after = Map.copyOf(after);
    }

    static Cursor beginning(String way, Collection<Integer> partitions) {
        Map<Integer, String> after = new TreeMap<>();
        partitions.forEach(partition -> after.put(partition, ""));
        return new Cursor(way, after);
    }

    String text() {
        StringBuilder text = new StringBuilder(FORMAT).append(way).append('\n');
        new TreeMap<>(after)
                .forEach(
                        (partition, at) ->
                                text.append(partition).append(' ').append(at).append('\n'));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException if it is not one, or of a list that takes another way
     */
    static Cursor of(String way, String text) {
        Iterator<String> lines = inflated(text).lines().iterator();
        String first = lines.hasNext() ? lines.next() : "";
        if (!first.equals(FORMAT + way)) {
            throw new IllegalArgumentException(
                    "it is of an older version, or of a list with other filters");
        }
        Map<Integer, String> after = new TreeMap<>();
        while (lines.hasNext()) {
            String line = lines.next();
            int space = line.indexOf(' ');
            if (space < 1) {
                throw new IllegalArgumentException("it has been changed");
            }
            after.put(Integer.valueOf(line.substring(0, space)), line.substring(space + 1));
        }
        return new Cursor(way, after);
    }

    private static String inflated(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException bad) {
            throw new IllegalArgumentException("it is none, or of an older version", bad);
        }
    }
}
