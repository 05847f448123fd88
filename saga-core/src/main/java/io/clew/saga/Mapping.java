package io.clew.saga;

/**
 * Makes a command's value from what the saga knows: the compiled form of a definition's {@code
 * with}. Pure: the same scope gives the same bytes, for ever.
 */
@FunctionalInterface
public interface Mapping {
    /**
     * Renders the final bytes of a command.
     *
     * @throws NotYetException if a schema that a value was written with cannot be had at present
     * @throws MappingException if an expression cannot be evaluated or a value does not fit
     */
    Bytes render(MappingScope scope);
}
