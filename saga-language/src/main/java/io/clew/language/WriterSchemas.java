package io.clew.language;

import org.apache.avro.Schema;

/**
 * The schemas that values were written with, by their id in the registry. An id means one schema
 * for ever, so implementations may keep what they have seen.
 */
@FunctionalInterface
public interface WriterSchemas {
    /**
     * The schema of this id.
     *
     * @throws io.clew.saga.NotYetException if it cannot be had at present
     * @throws io.clew.saga.MappingException if there is definitely none
     */
    Schema byId(int id);
}
