package io.clew.language.expression;

/** The runnable part of an expression. */
@FunctionalInterface
interface Evaluation {

    /**
     * The value over these variables.
     *
     * @throws io.clew.saga.MappingException if it has none
     */
    Object evaluate(Values values);
}
