package io.clew.language.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.values.StructValue;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** An Avro record as expressions see it; a field that is null is not there. */
final class AvroStruct extends StructValue<String, Object> {

    @SuppressWarnings("Immutable") // Never written to after it is filled.
    private final Layout layout;

    @SuppressWarnings("Immutable") // Decoded for this one use; nobody writes to it.
    private final @Nullable IndexedRecord fields;

    AvroStruct(Layout layout, @Nullable IndexedRecord fields) {
        this.layout = layout;
        this.fields = fields;
    }

    @Override
    public Object select(String field) {
        return find(field)
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "Expected "
                                                + layout.schema().getFullName()
                                                + "."
                                                + field
                                                + " to be set but it is not"));
    }

    @Override
    public Optional<Object> find(String field) {
        return fields == null ? Optional.empty() : layout.find(fields, field);
    }

    /** Whether its schema has this field, set or not. */
    boolean knows(String field) {
        return layout.has(field);
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return fields == null;
    }

    @Override
    public CelType celType() {
        return StructTypeReference.create(layout.schema().getFullName());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AvroStruct struct
                && (fields == null ? struct.fields == null : fields.equals(struct.fields));
    }

    @Override
    public int hashCode() {
        return fields == null ? 0 : fields.hashCode();
    }
}
