package io.clew.language;

import io.clew.saga.MappingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Records that are at hand, from files or classes, in place of a registry. Each stands under every
 * subject that ends with its name, whatever the topic, and has an id of its own.
 */
public final class KnownSchemas implements SchemaCatalog, WriterSchemas {

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, Schema> byId = new HashMap<>();

    private KnownSchemas(Collection<Schema> records) {
        for (Schema record : records) {
            int id = ids.size() + 1;
            Integer taken = ids.putIfAbsent(record.getFullName(), id);
            if (taken == null) {
                byId.put(id, record);
            } else if (!record.equals(byId.get(taken))) {
                throw new IllegalArgumentException(
                        "Expected one schema of " + record.getFullName() + " but got two");
            }
        }
    }

    /**
     * These records.
     *
     * @throws IllegalArgumentException if two of them have one name and differ
     */
    public static KnownSchemas of(Collection<Schema> records) {
        return new KnownSchemas(records);
    }

    /**
     * What is in the {@code .avsc} files at these places, which are files, or directories that are
     * looked through to the bottom. A file may use types that other files define.
     *
     * @throws IOException if something cannot be read
     * @throws IllegalArgumentException if a file is no schema, or two have one name and differ
     */
    public static KnownSchemas read(List<Path> places) throws IOException {
        return of(new SchemaFiles(places).schemas());
    }

    @Override
    public Optional<PinnedSchema> latest(String subject) {
        // No name of a record has a hyphen in it, names of topics may have.
        String record = subject.substring(subject.lastIndexOf('-') + 1);
        return Optional.ofNullable(ids.get(record))
                .map(id -> new PinnedSchema(subject, id, byId(id)));
    }

    @Override
    public Schema byId(int id) {
        return Optional.ofNullable(byId.get(id))
                .orElseThrow(() -> new MappingException("Expected schema " + id + " to be known"));
    }

    /** The id of a record's schema, if it is known. */
    public Optional<Integer> id(String record) {
        return Optional.ofNullable(ids.get(record));
    }
}
