package io.clew.it;

/**
 * What a method looks like from outside.
 *
 * @param nesting depth of the deepest control block, 1 for a block right in the method
 */
record MethodShape(String name, long firstLine, long lines, int parameters, int nesting) {}
