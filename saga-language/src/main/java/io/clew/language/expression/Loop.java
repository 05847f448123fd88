package io.clew.language.expression;

import java.util.Optional;

/**
 * A loop around a place of a definition.
 *
 * @param as what its item is called
 * @param in gives the list it goes over; without one there is a fault, which is noted
 */
public record Loop(String as, Optional<Expression> in) {}
