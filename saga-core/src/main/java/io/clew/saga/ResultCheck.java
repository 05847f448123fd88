package io.clew.saga;

import java.util.Optional;

/**
 * Whether a reply's value is what the step's definition says it is. Pure, as {@link Mapping} is.
 */
@FunctionalInterface
public interface ResultCheck {
    ResultCheck ANY = result -> Optional.empty();

    /**
     * What is wrong with this result, in a sentence; empty if it fits.
     *
     * @throws NotYetException if the schema it was written with cannot be had at present
     */
    Optional<String> problem(Optional<Bytes> result);
}
