package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Sketches of definitions and the nodes that stand where they must not. {@code c}, {@code p} and
 * {@code r} are steps of a kind, {@code a} is an await with a compensation, {@code s} a savepoint;
 * {@code ( | )} are branches, {@code [ / ]} arms, {@code < >} is a loop.
 */
class OrderRulesTest {

    private final Fixtures registry = new Warehouse().registry;

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvFileSource(resources = "/order-rules.csv", delimiter = ';')
    void shouldTellWhatIsOutOfOrder(String sketch, String faults) {
        // given
        String source =
                """
                {"saga": "sketch", "version": 1,
                 "startedBy": {"topic": "order.events", "event": "io.clew.order.OrderPlaced",
                               "key": "event.orderId"},
                 "steps": %s}
                """
                        .formatted(new Sketch(sketch).json());

        // when / then
        if (faults == null) {
            registry.accepted(source);
        } else {
            List<String> messages =
                    registry.refused(source).stream()
                            .filter(it -> it.severity() == Fault.Severity.ERROR)
                            .map(it -> it.message().replaceAll(" \\(\\w+\\)", ""))
                            .toList();
            List<String> expected = List.of(faults.split("/", -1));
            assertThat(messages).describedAs("%s", messages).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(messages.get(i)).contains(expected.get(i));
            }
        }
    }

    /** Reads a sketch, one sign after the other. */
    private static final class Sketch {
        private final String[] signs;
        private int at;
        private int blocks;

        Sketch(String text) {
            this.signs = text.strip().split(" ", -1);
        }

        String json() {
            StringBuilder nodes = new StringBuilder();
            while (at < signs.length && !"|/)]>".contains(signs[at])) {
                nodes.append(nodes.isEmpty() ? "" : ", ").append(node(signs[at++]));
            }
            return "[" + nodes + "]";
        }

        private String node(String sign) {
            return switch (sign) {
                case "(" -> "{\"parallel\": {" + inside("\"b%d\": {\"steps\": %s}", ")") + "}}";
                case "[" ->
                        "{\"choice\": {"
                                + inside(
                                        "\"b%1$d\": {\"when\": \"event.lines.size() > %1$d\","
                                                + " \"steps\": %2$s}",
                                        "]")
                                + "}}";
                case "<" ->
                        "{\"forEach\": {"
                                + inside(
                                        "\"in\": \"event.lines\", \"as\": \"i%d\", \"steps\": %s",
                                        ">")
                                + "}}";
                default -> leaf(sign.charAt(0), sign);
            };
        }

        private String inside(String form, String end) {
            StringBuilder branches = new StringBuilder();
            boolean last = false;
            while (!last) {
                branches.append(branches.isEmpty() ? "" : ", ")
                        .append(form.formatted(++blocks, json()));
                last = signs[at++].equals(end);
            }
            return branches.toString();
        }

        private static String leaf(char kind, String name) {
            String note = "\"command\": \"io.acme.Note\", \"with\": {\"text\": \"event.orderId\"}";
            String step = "{\"step\": \"" + name + "\", \"participant\": \"warehouse\", ";
            return switch (kind) {
                case 'c' -> step + "\"compensation\": \"none\", \"action\": {" + note + "}}";
                case 'p' -> step + "\"kind\": \"pivot\", \"action\": {" + note + "}}";
                case 'r' -> step + "\"kind\": \"retriable\", \"action\": {" + note + "}}";
                case 's' -> "{\"savepoint\": \"" + name + "\"}";
                default ->
                        "{\"await\": \""
                                + name
                                + "\", \"signal\": \"io.acme.Approved\", \"timeout\": \"1h\","
                                + " \"compensation\": {\"participant\": \"warehouse\", "
                                + note
                                + "}}";
            };
        }
    }
}
