package io.clew.saga;

import java.util.ArrayList;
import java.util.List;

/** Step paths as text: a name and the index of each loop around it, {@code reserve[3][0]}. */
public final class StepPath {
    private StepPath() {}

    /** The path of a name under these loops. */
    public static String of(String name, List<Integer> indices) {
        if (indices.isEmpty()) {
            return name;
        }
        StringBuilder path = new StringBuilder(name);
        for (int index : indices) {
            path.append('[').append(index).append(']');
        }
        return path.toString();
    }

    /** The name in a path. */
    public static String name(String path) {
        int loops = path.indexOf('[');
        return loops < 0 ? path : path.substring(0, loops);
    }

    /**
     * The indices in a path, the outermost loop's first.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static List<Integer> indices(String path) {
        int at = path.indexOf('[');
        if (at < 0) {
            return List.of();
        }
        List<Integer> indices = new ArrayList<>();
        while (at < path.length()) {
            int end = path.indexOf(']', at);
            if (path.charAt(at) != '[' || end < 0) {
                throw new IllegalArgumentException("Expected a step path but got " + path);
            }
            indices.add(Integer.parseInt(path, at + 1, end, 10));
            at = end + 1;
        }
        return indices;
    }
}
