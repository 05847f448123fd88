package io.clew.saga;

/**
 * An event or a signal on its way to a saga.
 *
 * @param id names it: what has arrived once changes nothing any more
 * @param channel where it comes from
 * @param type full name of its record
 * @param value as it stood on its topic
 */
public record Arrival(String id, Channel channel, String type, Bytes value) {}
