package io.clew.language.expression;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** The CEL types of Avro schemas. A record is a struct of its full name. */
final class Types {

    static final String STEPS = "steps";
    static final String UNSUPPORTED_PREFIX = "Unsupported:";

    /**
     * A record as a type.
     *
     * @param absent whether all of it may be missing, and so each field of it
     */
    record Struct(String name, Schema schema, boolean absent) {

        /** Whether reading this field needs {@code ?}. */
        boolean mayBeUnset(String field) {
            Schema.Field found = schema.getField(field);
            return found != null && (absent || Kind.nullable(found.schema()));
        }
    }

    private record Key(Schema schema, boolean absent) {}

    private final Map<Key, Struct> structs = new HashMap<>();
    private final Map<String, Struct> byName = new HashMap<>();
    private final Map<String, CelType> types = new LinkedHashMap<>();
    private final Map<String, List<Origin>> origins = new HashMap<>();

    /** The type of a record, its nested ones included from here on. */
    CelType record(Schema schema, boolean absent) {
        Key key = new Key(schema, absent);
        Struct known = structs.get(key);
        if (known != null) {
            return StructTypeReference.create(known.name());
        }
        Struct struct = new Struct(freeName(schema.getFullName(), absent), schema, absent);
        structs.put(key, struct);
        byName.put(struct.name(), struct);
        ImmutableMap.Builder<String, CelType> fields = ImmutableMap.builder();
        for (Schema.Field field : schema.getFields()) {
            fields.put(field.name(), of(Kind.present(field.schema())));
        }
        add(struct.name(), fields.buildOrThrow());
        return StructTypeReference.create(struct.name());
    }

    /** The type of {@code steps} at one place of a definition. */
    CelType steps(Map<String, CelType> outputs) {
        add(STEPS, ImmutableMap.copyOf(outputs));
        return StructTypeReference.create(STEPS);
    }

    /** The type of a schema that is not nullable. */
    CelType of(Schema schema) {
        return switch (Kind.of(schema)) {
            case BOOLEAN -> SimpleType.BOOL;
            case INT, LONG -> SimpleType.INT;
            case FLOAT, DOUBLE -> SimpleType.DOUBLE;
            case STRING, UUID, ENUM -> SimpleType.STRING;
            case BYTES, FIXED -> SimpleType.BYTES;
            case DECIMAL -> Functions.DECIMAL;
            case DATE -> Functions.DATE;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case RECORD -> record(schema, false);
            case ARRAY -> ListType.create(element(schema.getElementType()));
            case MAP -> MapType.create(SimpleType.STRING, element(schema.getValueType()));
            case UNSUPPORTED -> OpaqueType.create(UNSUPPORTED_PREFIX + describe(schema));
        };
    }

    /** A type that other types know, as these know it. */
    CelType adopt(CelType type, Types from) {
        Struct struct = from.byName.get(type.name());
        if (struct != null) {
            return record(struct.schema(), struct.absent());
        }
        return switch (type) {
            case ListType list -> ListType.create(adopt(list.elemType(), from));
            case MapType map -> MapType.create(map.keyType(), adopt(map.valueType(), from));
            case OptionalType optional -> OptionalType.create(adopt(present(optional), from));
            default -> type;
        };
    }

    /** Remembers where the value of a variable comes from. */
    void bind(String variable, List<Origin> origin) {
        origins.put(variable, origin);
    }

    /** Where the value of a variable comes from, if that is known. */
    Optional<List<Origin>> origins(String variable) {
        return Optional.ofNullable(origins.get(variable));
    }

    /** The record behind a struct type or an optional one. */
    Optional<Struct> struct(CelType type) {
        return Optional.ofNullable(byName.get(present(type).name()));
    }

    /** Whether a type is a struct of ours, {@code steps} among them. */
    boolean isStruct(CelType type) {
        return types.get(type.name()) instanceof StructType;
    }

    /** A field of a struct type, or the values of a map type. */
    Optional<CelType> field(CelType type, String field) {
        CelType present = present(type);
        if (present instanceof MapType map) {
            return Optional.of(map.valueType());
        }
        return types.get(present.name()) instanceof StructType struct
                ? struct.findField(field).map(StructType.Field::type)
                : Optional.empty();
    }

    /** Names of the fields of a struct type; none for any other type. */
    List<String> fields(CelType type) {
        return types.get(type.name()) instanceof StructType struct
                ? List.copyOf(struct.fieldNames())
                : List.of();
    }

    ImmutableMap<String, CelType> all() {
        return ImmutableMap.copyOf(types);
    }

    /** A type without the optional around it. */
    static CelType present(CelType type) {
        return isOptional(type) ? type.parameters().get(0) : type;
    }

    static boolean isOptional(CelType type) {
        return type.name().equals(OptionalType.NAME);
    }

    private CelType element(Schema schema) {
        CelType present = of(Kind.present(schema));
        return Kind.nullable(schema) ? OptionalType.create(present) : present;
    }

    /** Two versions of one record may be pinned side by side; they are two types. */
    private String freeName(String fullName, boolean absent) {
        String name = absent ? fullName + "?" : fullName;
        String free = name;
        for (int i = 2; byName.containsKey(free); i++) {
            free = name + "#" + i;
        }
        return free;
    }

    private void add(String name, ImmutableMap<String, CelType> fields) {
        types.put(
                name,
                StructType.create(
                        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field))));
    }

    private static String describe(Schema schema) {
        return schema.isUnion()
                ? "union"
                : schema.getLogicalType() == null
                        ? schema.getType().getName()
                        : schema.getLogicalType().getName();
    }
}
