package io.clew.saga;

/**
 * A value made from what the saga knows: the compiled form of an expression. Pure, as {@link
 * Mapping} is.
 */
@FunctionalInterface
public interface Formula<T> {
    /**
     * Its value.
     *
     * @throws NotYetException if a schema that a value was written with cannot be had at present
     * @throws MappingException if it cannot be evaluated
     */
    T of(MappingScope scope);
}
