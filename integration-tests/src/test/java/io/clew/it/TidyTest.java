package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sizes and stray words. A limit hit means a missing name, not a limit to raise. */
class TidyTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int COLUMNS = 100;
    private static final int NESTING = 3;
    private static final int PARAMETERS = 5;

    // Put together so that this file does not trip over itself.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\s*\\.\\s*sl" + "eep\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@Dis" + "abled\\b");

    private static List<SourceFile> sources;

    @BeforeAll
    static void parse() {
        sources = SourceFile.parse(Module.sources());
    }

    @Test
    void shouldKeepFilesShort() {
        List<String> found = new ArrayList<>();
        for (SourceFile file : sources) {
            if (file.lines().size() > FILE_LINES) {
                found.add(file.at(file.lines().size()) + " is longer than " + FILE_LINES);
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void shouldKeepLinesShort() {
        List<String> found = new ArrayList<>();
        for (SourceFile file : sources) {
            for (int line = 1; line <= file.lines().size(); line++) {
                String text = file.lines().get(line - 1);
                if (text.length() > COLUMNS && !text.startsWith("import ")) {
                    found.add(file.at(line) + " has " + text.length() + " columns");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void shouldKeepMethodsSmall() {
        List<String> found = new ArrayList<>();
        for (SourceFile file : sources) {
            file.eachMethod(
                    method ->
                            complaints(method)
                                    .forEach(
                                            complaint ->
                                                    found.add(
                                                            file.at(method.firstLine())
                                                                    + " "
                                                                    + complaint)));
        }
        assertThat(found).isEmpty();
    }

    private static List<String> complaints(MethodShape method) {
        List<String> found = new ArrayList<>();
        if (method.lines() > METHOD_LINES) {
            found.add(method.name() + " has " + method.lines() + " lines");
        }
        if (method.nesting() > NESTING) {
            found.add(method.name() + " nests " + method.nesting() + " deep");
        }
        if (method.parameters() > PARAMETERS) {
            found.add(method.name() + " takes " + method.parameters() + " parameters");
        }
        return found;
    }

    @Test
    void shouldLeaveNothingUnfinished() {
        assertThat(linesWith(UNFINISHED, sources)).isEmpty();
        assertThat(linesWith(SWITCHED_OFF, sources)).isEmpty();
    }

    @Test
    void shouldNotSleepInTests() {
        List<Path> tests =
                Arrays.stream(Module.values())
                        .map(Module::testSources)
                        .flatMap(List::stream)
                        .toList();

        assertThat(linesWith(SLEEP, SourceFile.parse(tests))).isEmpty();
    }

    private static List<String> linesWith(Pattern unwanted, List<SourceFile> files) {
        List<String> found = new ArrayList<>();
        for (SourceFile file : files) {
            for (int line = 1; line <= file.lines().size(); line++) {
                String text = file.lines().get(line - 1);
                if (unwanted.matcher(text).find()) {
                    found.add(file.at(line) + " " + text.strip());
                }
            }
        }
        return found;
    }

    @Test
    void shouldIntroduceEveryPackage() throws IOException {
        List<Path> packages =
                Arrays.stream(Module.values())
                        .map(Module::mainSources)
                        .flatMap(List::stream)
                        .flatMap(file -> Stream.ofNullable(file.getParent()))
                        .distinct()
                        .toList();
        List<Path> silent = new ArrayList<>();
        for (Path directory : packages) {
            Path info = directory.resolve("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.contains("/**") || !text.contains("@NullMarked")) {
                silent.add(info);
            }
        }
        assertThat(silent).as("packages without javadoc and @NullMarked").isEmpty();
    }
}
