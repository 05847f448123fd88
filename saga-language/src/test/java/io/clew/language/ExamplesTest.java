package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No example in the repository would be underlined by an editor. */
class ExamplesTest {

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".clew");
    private static final Path ROOT = Path.of(System.getProperty("clew.root", ".."));
    private static final Pattern BLOCK =
            Pattern.compile("^```ya?ml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern DEFINITION = Pattern.compile("^saga: ", Pattern.MULTILINE);

    /**
     * A definition, or a fragment: nodes of one.
     *
     * @param place file, and number of the block in it
     */
    record Example(String place, String text) {

        /** All of it; what an ellipsis leaves out is anything. */
        String whole() {
            String complete =
                    text.replace("[ … ]", "[ { savepoint: any } ]").replace("{ … }", "{}");
            if (complete.startsWith("- ")) {
                return definition(complete);
            }
            boolean part = !DEFINITION.matcher(complete).find();
            return part ? definition("- savepoint: any") + complete : complete;
        }

        private static String definition(String nodes) {
            return """
            saga: fragment
            version: 1
            startedBy: { topic: any, event: Any, key: event.id }
            steps:
            %s
            """
                    .formatted(nodes);
        }

        @Override
        public String toString() {
            return place;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldBeWhatEditorsAccept(Example example) {
        EditorSchema.shouldAccept(example.whole());
    }

    static List<Example> examples() throws IOException {
        List<Example> examples =
                Stream.concat(
                                files(".md").flatMap(ExamplesTest::blocks),
                                files(".yaml").flatMap(ExamplesTest::definitions))
                        .toList();
        assertThat(examples)
                .extracting(Example::place)
                .contains("README.md 1", "docs/sagas.md 1", "docs/sagas.md 9")
                .anyMatch(it -> it.endsWith("src/main/saga/order-fulfilment.yaml"))
                .anyMatch(it -> it.endsWith("order-saga-3.yaml"))
                .anyMatch(it -> it.endsWith("travel-booking.yaml"))
                .anyMatch(it -> it.endsWith("every-node.yaml"));
        return examples;
    }

    private static Stream<Example> blocks(Path file) {
        List<String> blocks = BLOCK.matcher(read(file)).results().map(it -> it.group(1)).toList();
        return IntStream.range(0, blocks.size())
                .mapToObj(it -> new Example(name(file) + " " + (it + 1), blocks.get(it)));
    }

    private static Stream<Example> definitions(Path file) {
        String text = read(file);
        return DEFINITION.matcher(text).find()
                ? Stream.of(new Example(name(file), text))
                : Stream.of();
    }

    /** Files with this ending in all modules, but nothing that was built. */
    private static Stream<Path> files(String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes all) {
                        return NOT_OURS.contains(directory.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes all) {
                        if (file.toString().endsWith(ending)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files.stream().sorted();
    }

    private static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
