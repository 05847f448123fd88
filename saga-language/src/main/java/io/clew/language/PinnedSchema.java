package io.clew.language;

import org.apache.avro.Schema;

/**
 * A schema that a definition is bound to for good.
 *
 * @param subject in the registry
 * @param id in the registry, as in the wire frame
 */
public record PinnedSchema(String subject, int id, Schema schema) {}
