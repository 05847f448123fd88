package io.clew.coordinator.query;

import java.net.URI;
import java.util.List;

/**
 * What this instance can say about one saga.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {

    record Found<T>(T value) implements Answer<T> {}

    /**
     * Others hold it.
     *
     * @param nodes addresses to ask, the owner first, then standbys
     */
    record OnOtherNode<T>(List<URI> nodes) implements Answer<T> {
        public OnOtherNode {
            nodes = List.copyOf(nodes);
        }
    }

    /** There is no such saga: its live owner says so. */
    record NotFound<T>() implements Answer<T> {}

    /** Nobody can say at present. */
    record NotReady<T>(String reason) implements Answer<T> {}
}
