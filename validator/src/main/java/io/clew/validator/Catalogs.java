package io.clew.validator;

import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.avro.RegistryException;
import io.clew.language.Compilation;
import io.clew.language.DefinitionCompiler;
import io.clew.language.KnownSchemas;
import io.clew.language.PinnedSchema;
import io.clew.language.SchemaCatalog;
import io.clew.language.WriterSchemas;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** Where the schemas come from that definitions are checked against. */
final class Catalogs {

    private static final int RETRIES = 1;
    private static final Duration RETRY_WAIT = Duration.ofMillis(200);

    private Catalogs() {}

    /** Checks one source. */
    @FunctionalInterface
    interface Check extends AutoCloseable {
        Compilation compile(String source);

        @Override
        default void close() {}
    }

    static Check files(List<Path> places) {
        try {
            KnownSchemas schemas = KnownSchemas.read(places);
            DefinitionCompiler compiler = new DefinitionCompiler();
            return source -> compiler.compile(source, schemas, schemas);
        } catch (IOException e) {
            throw new CannotCheckException("Expected to read schemas but: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new CannotCheckException(String.valueOf(e.getMessage()), e);
        }
    }

    static Check registry(String url) {
        try {
            return new RegistryCheck(
                    new RegistryClient(RegistryConfig.of(url).withRetries(RETRIES, RETRY_WAIT)));
        } catch (ConfigException e) {
            throw new CannotCheckException(String.valueOf(e.getMessage()), e);
        }
    }

    /** As the coordinator does it. */
    private record RegistryCheck(RegistryClient registry) implements Check {
        @Override
        public Compilation compile(String source) {
            SchemaCatalog newest =
                    subject ->
                            registry.latest(subject)
                                    .map(it -> new PinnedSchema(subject, it.id(), it.schema()));
            WriterSchemas writers = registry::schemaById;
            try {
                return new DefinitionCompiler().compile(source, newest, writers);
            } catch (RegistryException e) {
                throw new CannotCheckException(
                        e.getMessage() + " (schemas in files will do: --schemas DIR)", e);
            }
        }

        @Override
        public void close() {
            registry.close();
        }
    }
}
