package io.clew.saga;

/**
 * A place a saga can be taken back to, and go forward from again.
 *
 * @param name unique in the definition
 */
public record Savepoint(String name) implements Node.Leaf {}
