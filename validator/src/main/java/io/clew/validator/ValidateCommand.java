package io.clew.validator;

import io.clew.language.Compilation;
import io.clew.language.CompiledDefinition;
import io.clew.language.DefinitionDiagram;
import io.clew.language.Fault;
import io.clew.language.diagram.Diagram;
import io.clew.saga.DefinitionRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code clew validate}: the answer of {@code POST /definitions/validate}, without a coordinator.
 */
@Command(
        name = "clew validate",
        mixinStandardHelpOptions = true,
        version = "Clew 0.1.0-SNAPSHOT",
        sortOptions = false,
        description = {
            "Check saga definitions as the coordinator does: grammar, rules, and every expression"
                    + " against its Avro schemas.",
            "Each fault has a line of its own: FILE:LINE:COLUMN: error: PATH: MESSAGE. REMEDY",
            "Ends with 0 if all are valid, 1 if one is refused, 2 if something cannot be checked."
        })
final class ValidateCommand implements Callable<Integer> {

    private static final String REGISTRY = "http://127.0.0.1:8081/apis/ccompat/v7";

    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "definitions, YAML or JSON")
    private List<Path> files = List.of();

    @ArgGroup private @Nullable Source source;

    @Option(
            names = "--diagram",
            paramLabel = "FORM",
            description =
                    "print a picture of what is valid, mermaid or svg; all else is told on"
                            + " the error output")
    private @Nullable Form diagram;

    /** What a picture is written as. */
    enum Form {
        MERMAID,
        SVG
    }

    /** Where the schemas are; one of both. */
    static final class Source {
        @Option(
                names = "--registry",
                paramLabel = "URL",
                description = "the schemas of this registry; " + REGISTRY + " if nothing is said")
        private @Nullable String registry;

        @Option(
                names = "--schemas",
                paramLabel = "DIR",
                description =
                        "the schemas in the .avsc files below DIR, and no registry; once per"
                                + " directory")
        private @Nullable List<Path> schemas;

        Catalogs.Check check() {
            return schemas == null
                    ? Catalogs.registry(registry == null ? REGISTRY : registry)
                    : Catalogs.files(schemas);
        }
    }

    @Override
    public Integer call() {
        CommandLine line = Optional.ofNullable(spec).orElseThrow().commandLine();
        PrintWriter told = diagram == null ? line.getOut() : line.getErr();
        boolean valid = true;
        try (Catalogs.Check check = Optional.ofNullable(source).orElseGet(Source::new).check()) {
            for (Path file : files) {
                switch (check.compile(text(file))) {
                    case Compilation.Accepted accepted -> {
                        accepted.warnings().forEach(it -> told.println(line(file, it)));
                        told.println(valid(file, accepted.definition().definition().ref()));
                        draw(accepted.definition(), line.getOut());
                    }
                    case Compilation.Refused refused -> {
                        refused.faults().forEach(it -> told.println(line(file, it)));
                        told.println(refused(file, refused.faults().size()));
                        valid = false;
                    }
                }
            }
        }
        return valid ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void draw(CompiledDefinition definition, PrintWriter out) {
        if (diagram != null) {
            Diagram drawn = DefinitionDiagram.of(definition);
            out.print(
                    switch (diagram) {
                        case MERMAID -> drawn.mermaid();
                        case SVG -> drawn.svg();
                    });
            out.flush();
        }
    }

    private static String line(Path file, Fault fault) {
        String at = fault.path().isEmpty() ? "" : fault.path() + ": ";
        return file
                + (":" + fault.line() + ":" + fault.column() + ": ")
                + (fault.severity().name().toLowerCase(Locale.ROOT) + ": ")
                + (at + fault.message() + ". " + fault.remedy());
    }

    private static String valid(Path file, DefinitionRef ref) {
        return "%s: valid, %s:%d, sha256 %s"
                .formatted(file, ref.name(), ref.version(), ref.sha256());
    }

    private static String refused(Path file, int faults) {
        return "%s: refused, %d %s".formatted(file, faults, faults == 1 ? "fault" : "faults");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CannotCheckException("Expected to read " + file + " but: " + e, e);
        }
    }
}
