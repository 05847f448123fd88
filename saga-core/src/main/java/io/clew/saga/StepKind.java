package io.clew.saga;

/**
 * How a step stands to the point of no return, after Richardson, Microservices Patterns, chapter 4
 * (compensatable, pivot and retriable transactions).
 */
public enum StepKind {
    COMPENSATABLE,
    PIVOT,
    RETRIABLE
}
