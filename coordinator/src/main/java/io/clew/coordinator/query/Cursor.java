package io.clew.coordinator.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a list goes on, per partition of the inbox: partitions are named, not instances, so a
 * cursor outlives a rebalance. A partition that is missing has been listed whole.
 *
 * @param after last saga id listed, empty if none was
 */
record Cursor(Map<Integer, String> after) {

    Cursor {
        after = Map.copyOf(after);
    }

    static Cursor beginning(Collection<Integer> partitions) {
        Map<Integer, String> after = new TreeMap<>();
        partitions.forEach(partition -> after.put(partition, ""));
        return new Cursor(after);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(after)
                .forEach(
                        (partition, id) ->
                                text.append(partition).append(' ').append(id).append('\n'));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static Cursor of(String text) {
        String lines = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        Map<Integer, String> after = new TreeMap<>();
        for (String line : lines.lines().toList()) {
            int space = line.indexOf(' ');
            if (space < 1) {
                throw new IllegalArgumentException("Expected a cursor but got '" + text + "'");
            }
            after.put(Integer.valueOf(line.substring(0, space)), line.substring(space + 1));
        }
        return new Cursor(after);
    }
}
