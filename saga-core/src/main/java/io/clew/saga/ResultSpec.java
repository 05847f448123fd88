package io.clew.saga;

/**
 * What sagas of a definition come to.
 *
 * @param type full name of the result's record
 * @param mapping makes its value once all is done
 */
public record ResultSpec(String type, Mapping mapping) {}
