package io.clew.saga;

import java.util.List;
import java.util.Optional;

/**
 * Which step of another saga started this one, and is answered by it.
 *
 * @param saga the parent
 * @param run its run
 * @param path path of the step
 * @param execution number of the action execution
 * @param tokenKey id of the key its command tokens are made with, if any
 */
public record Parent(SagaId saga, long run, String path, int execution, Optional<String> tokenKey) {
    private static final int PARTS = 4;

    /** The step of this saga. */
    static Parent of(SagaInstance saga, String path, int execution) {
        return new Parent(saga.id(), saga.run(), path, execution, saga.tokenKey());
    }

    /** Names the action execution: {@code <saga id>/<run>/<step path>/<execution>}. */
    public String text() {
        return saga + "/" + run + "/" + path + "/" + execution;
    }

    /**
     * The inverse of {@link #text}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Parent parse(String text, Optional<String> tokenKey) {
        List<String> parts = List.of(text.split("/", -1));
        if (parts.size() != PARTS) {
            throw new IllegalArgumentException(
                    "Expected <saga id>/<run>/<step path>/<execution> but got " + text);
        }
        return new Parent(
                new SagaId(parts.get(0)),
                Long.parseLong(parts.get(1)),
                parts.get(2),
                Integer.parseInt(parts.get(3)),
                tokenKey);
    }
}
