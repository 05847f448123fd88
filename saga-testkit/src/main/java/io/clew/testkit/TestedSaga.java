package io.clew.testkit;

import io.clew.language.Compilation;
import io.clew.language.CompiledDefinition;
import io.clew.language.DefinitionCompiler;
import io.clew.language.Fault;
import io.clew.language.KnownSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/**
 * A definition under test, compiled by the coordinator's own compiler against schemas at hand.
 * Making one takes a second or two, mostly CEL's; keep it in a constant and use it in many tests.
 */
public final class TestedSaga {

    private final CompiledDefinition compiled;
    private final Frames frames;

    private TestedSaga(CompiledDefinition compiled, Frames frames) {
        this.compiled = compiled;
        this.frames = frames;
    }

    /**
     * The definition in a file.
     *
     * @param schemas {@code .avsc} files, or directories of such
     * @throws AssertionError with every fault, if it would be refused
     */
    public static TestedSaga of(Path definition, Path... schemas) {
        try {
            return of(Files.readString(definition), KnownSchemas.read(List.of(schemas)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A definition's source, such as {@code SagaBuilder.source()}.
     *
     * @throws AssertionError with every fault, if it would be refused
     */
    public static TestedSaga of(String source, KnownSchemas schemas) {
        return switch (new DefinitionCompiler().compile(source, schemas, schemas)) {
            case Compilation.Accepted accepted ->
                    new TestedSaga(accepted.definition(), new Frames(schemas));
            case Compilation.Refused refused ->
                    throw new AssertionError(
                            "Expected a definition without faults but got\n"
                                    + refused.faults().stream()
                                            .map(Fault::toString)
                                            .collect(Collectors.joining("\n")));
        };
    }

    /** Begins a story of one saga; nothing has happened yet. */
    public DefinitionScenario scenario() {
        return new DefinitionScenario(compiled, frames);
    }

    /**
     * A record of plain values: text (also for enums), numbers, {@code BigDecimal}, {@code
     * Instant}, {@code LocalDate}, lists, and maps for maps and for records inside. A field that is
     * not given has its default.
     *
     * @param name full name
     * @throws IllegalArgumentException if it is unknown, or a field is unknown, missing or of
     *     another type
     */
    public GenericRecord record(String name, Map<String, ?> fields) {
        return Records.of(frames.schema(name), fields);
    }

    /** What was compiled. */
    public CompiledDefinition compiled() {
        return compiled;
    }

    Frames frames() {
        return frames;
    }
}
