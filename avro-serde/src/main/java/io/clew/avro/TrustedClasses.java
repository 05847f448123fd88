package io.clew.avro;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the generated class a schema names, in trusted packages only: the name comes from whoever
 * may write to the registry.
 *
 * <p>Avro up to 1.12.1 does not check this and later versions do, by the same system property.
 */
record TrustedClasses(List<String> packages) {

    private static final String AVRO_PROPERTY = "org.apache.avro.SERIALIZABLE_PACKAGES";

    static TrustedClasses from(SerdeKeys keys) {
        var listed = Stream.of(System.getProperty(AVRO_PROPERTY, "").split(",", -1));
        return new TrustedClasses(
                Stream.concat(keys.list(SerdeKeys.TRUSTED_PACKAGES), listed.map(String::trim))
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList());
    }

    /** The class generated for a record's schema. */
    Class<? extends SpecificRecord> recordClass(Schema schema) {
        var name = SpecificData.getClassName(schema);
        if (packages.stream().noneMatch(trusted -> contains(trusted, schema.getNamespace()))) {
            throw new SerializationException(
                    "Expected the package of %s to be in the system property %s or in %s but got %s"
                            .formatted(name, AVRO_PROPERTY, SerdeKeys.TRUSTED_PACKAGES, packages));
        }
        try {
            return load(name).asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException e) {
            throw new SerializationException(
                    "Expected a generated class %s, as %s=true, but there is none"
                            .formatted(name, SerdeKeys.SPECIFIC_READER),
                    e);
        } catch (ClassCastException e) {
            throw new SerializationException(
                    "Expected %s to be a generated Avro class but it is not".formatted(name), e);
        }
    }

    /** Loads a class without running any of its code. */
    static Class<?> load(String name) throws ClassNotFoundException {
        var loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader());
        try {
            return Class.forName(
                    name, false, loader.orElseGet(TrustedClasses.class::getClassLoader));
        } catch (ClassNotFoundException e) {
            return Class.forName(name, false, TrustedClasses.class.getClassLoader());
        }
    }

    private static boolean contains(String trusted, @Nullable String namespace) {
        return trusted.equals("*")
                || namespace != null
                        && (namespace.equals(trusted) || namespace.startsWith(trusted + "."));
    }
}
