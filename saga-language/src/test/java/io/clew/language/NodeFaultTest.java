package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** One thing broken in the saga of every node is one fault, at its place and with its remedy. */
class NodeFaultTest {

    private final Fixtures registry = new Warehouse().registry;

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvFileSource(
            resources = "/node-faults.csv",
            delimiter = '|',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = true)
    void shouldNameOneFault(String from, String to, String at, String message, String remedy) {
        // given
        String source = Fixtures.resource("/every-node.yaml");
        String broken = source.replace(lines(from), lines(to == null ? "" : to));
        assertThat(broken).isNotEqualTo(source);

        // when
        List<Fault> faults =
                at.startsWith("warning ")
                        ? registry.warned(broken)
                        : registry.refused(broken).stream()
                                .filter(it -> it.severity() == Fault.Severity.ERROR)
                                .toList();

        // then
        assertThat(faults).describedAs("%s", faults).hasSize(1);
        Fault fault = faults.get(0);
        String place = fault.line() + ":" + fault.column() + " " + fault.path();
        assertThat(place).isEqualTo(at.replace("warning ", ""));
        assertThat(fault.message()).contains(message);
        assertThat(fault.remedy()).contains(remedy);
    }

    @Test
    void shouldRefuseBlocksThatAreTooDeep() {
        // given
        String inner = "- delay: pause\n  for: 1h\n";
        for (int depth = 1; depth <= Grammar.MAX_DEPTH + 1; depth++) {
            inner =
                    "- parallel:\n    branch%d:\n      steps:\n%s"
                            .formatted(depth, inner.indent(8));
        }
        String source =
                Fixtures.resource("/every-node.yaml")
                        .replace(
                                "steps:\n  - step: createO",
                                "steps:\n" + inner.indent(2) + "  - step: createO");

        // when
        List<Fault> faults =
                registry.refused(source).stream()
                        .filter(it -> it.severity() == Fault.Severity.ERROR)
                        .toList();

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message()).contains("nested at most 8 deep but parallel is");
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }
}
