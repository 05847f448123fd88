package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.language.DrawnGraph.Line;
import io.clew.language.diagram.Diagram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is drawn of a definition, read again from both texts. */
class DefinitionDiagramTest {

    private static final int DEFINITIONS = 100;
    private static final String FAILURE = "t_failure";
    private static final String COMPENSATED = "t_compensated";

    private final Fixtures registry = new Warehouse().registry;

    private DrawnGraph mermaid(String source) {
        return DrawnGraph.ofMermaid(diagram(source).mermaid());
    }

    private Diagram diagram(String source) {
        return DefinitionDiagram.of(registry.accepted(source));
    }

    @Test
    void shouldDrawTheOrderSagaForwardsAndInReverse() {
        // when
        DrawnGraph graph = mermaid(Fixtures.orderSaga());

        // then
        assertThat(graph.path("forward", "t_start"))
                .containsExactly(
                        "t_start",
                        "n_createOrder",
                        "n_chargePayment",
                        "n_bookShipment",
                        "n_confirmOrder",
                        "t_completed");
        assertThat(graph.path("compensation", FAILURE))
                .containsExactly(
                        FAILURE, "u_bookShipment", "u_chargePayment", "u_createOrder", COMPENSATED);
    }

    @Test
    void shouldDrawEveryNode() {
        // when
        DrawnGraph graph = mermaid(Fixtures.resource("/every-node.yaml"));

        // then
        assertThat(graph.nodes())
                .containsExactlyInAnyOrder(
                        "t_start",
                        "n_createOrder",
                        "u_createOrder",
                        "n_beforePayment",
                        "n_chargePayment",
                        "u_chargePayment",
                        "g_choice1",
                        "n_approval",
                        "n_coolingOff",
                        "g_choice1_end",
                        "g_parallel1",
                        "g_forEach1",
                        "n_reserveStock",
                        "u_reserveStock",
                        "g_forEach1_end",
                        "n_pickedUp",
                        "u_pickedUp",
                        "n_printLabel",
                        "g_parallel1_end",
                        "n_untilMorning",
                        "n_bookShipment",
                        "n_tellAll",
                        "t_completed",
                        FAILURE,
                        COMPENSATED);
        assertThat(graph.lines("rollback"))
                .containsExactly(new Line("rollback", "n_chargePayment", "n_beforePayment"));
        assertThat(graph.lines("again"))
                .containsExactly(new Line("again", "g_forEach1_end", "g_forEach1"));
        assertThat(graph.lines("item_before"))
                .containsExactly(new Line("item_before", "u_reserveStock", "u_reserveStock"));
        assertThat(graph.path("compensation", FAILURE))
                .containsExactly(
                        FAILURE,
                        "u_pickedUp",
                        "u_reserveStock",
                        "u_chargePayment",
                        "u_createOrder",
                        COMPENSATED);
    }

    @Test
    void shouldPassAChoiceThatMayHaveDoneNothing() {
        // given
        String source =
                """
                saga: passing
                version: 1
                startedBy:
                  { topic: order.events, event: io.clew.order.OrderPlaced, key: event.orderId }
                steps:
                  - choice:
                      large:
                        when: event.lines.size() > 1
                        steps:
                          - step: note
                            participant: warehouse
                            action: { command: io.acme.Note, with: { text: event.orderId } }
                            compensation: { command: io.acme.Note, with: { text: event.orderId } }
                """;

        // when
        DrawnGraph graph = mermaid(source);

        // then
        assertThat(graph.lines("forward"))
                .contains(new Line("forward", "g_choice1", "g_choice1_end"));
        assertThat(graph.lines("compensation"))
                .containsExactlyInAnyOrder(
                        new Line("compensation", FAILURE, "u_note"),
                        new Line("compensation", "u_note", COMPENSATED),
                        new Line("compensation", FAILURE, COMPENSATED));
    }

    @Test
    void shouldDrawTheSameGraphInBothForms() throws Exception {
        long seed = Long.getLong("seed", 23);
        Random random = new Random(seed);
        for (int i = 0; i < DEFINITIONS; i++) {
            // given
            String source = new ObjectMapper().writeValueAsString(new RandomNodes(random).saga());
            Diagram diagram = diagram(source);

            // when
            DrawnGraph mermaid = DrawnGraph.ofMermaid(diagram.mermaid());
            DrawnGraph svg = DrawnGraph.ofSvg(diagram.svg());

            // then
            String what = "seed %d, round %d: %s".formatted(seed, i, source);
            assertThat(svg.nodes()).describedAs(what).isEqualTo(mermaid.nodes());
            assertThat(svg.all()).describedAs(what).isEqualTo(mermaid.all());
            mustBeWhole(svg, what);
            assertThat(diagram(source).svg()).isEqualTo(diagram.svg());
        }
    }

    /** Every node once, every step on a way from start to end, every compensation on one back. */
    private static void mustBeWhole(DrawnGraph graph, String what) {
        Set<String> nodes = new HashSet<>(graph.nodes());
        assertThat(nodes).describedAs(what).hasSameSizeAs(graph.nodes());
        List<String> steps = named(nodes, "n_", "g_");
        List<String> undos = named(nodes, "u_");
        assertThat(graph.reached("forward", "t_start")).describedAs(what).containsAll(steps);
        assertThat(graph.turned().reached("forward", "t_completed"))
                .describedAs(what)
                .containsAll(steps);
        if (!undos.isEmpty()) {
            assertThat(graph.reached("compensation", FAILURE)).containsAll(undos);
            assertThat(graph.turned().reached("compensation", COMPENSATED)).containsAll(undos);
        }
        for (Line line : graph.lines("compensation")) {
            if (line.from().startsWith("u_") && line.to().startsWith("u_")) {
                assertThat(graph.reached("forward", "n_" + line.to().substring(2)))
                        .describedAs("%s is taken back after %s: %s", line.to(), line.from(), what)
                        .contains("n_" + line.from().substring(2));
            }
        }
    }

    private static List<String> named(Set<String> nodes, String... prefixes) {
        List<String> found = new ArrayList<>();
        for (String prefix : prefixes) {
            nodes.stream().filter(it -> it.startsWith(prefix)).sorted().forEach(found::add);
        }
        return Collections.unmodifiableList(found);
    }

    @Test
    void shouldPlaceNothingOverAnything() throws Exception {
        Random random = new Random(Long.getLong("seed", 29));
        for (int i = 0; i < DEFINITIONS; i++) {
            // given
            String source = new ObjectMapper().writeValueAsString(new RandomNodes(random).saga());

            // when
            List<DrawnGraph.Drawn> drawn = DrawnGraph.boxes(diagram(source).svg());

            // then
            for (DrawnGraph.Drawn one : drawn) {
                for (DrawnGraph.Drawn other : drawn) {
                    assertThat(one.id().equals(other.id()) || !one.overlaps(other))
                            .describedAs("%s and %s in %s", one, other, source)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldEscapeWhatPeopleWrite() {
        // given
        String when = "when: \"event.orderId != '<&\\\"]|#\\\\u00e9>'\"";
        String participant = "participant: payment";
        String source = Fixtures.orderSaga().replace(participant, when + "\n    " + participant);

        // when
        Diagram diagram = diagram(source);

        // then
        assertThat(DrawnGraph.title(diagram.svg(), "n_chargePayment"))
                .contains("if event.orderId != '<&\"]|#\\u00e9>'");
        assertThat(diagram.mermaid())
                .contains("if event.orderId != '#60;#38;#34;]|#35;#92;u00e9#62;'");
        assertThat(DrawnGraph.ofMermaid(diagram.mermaid()).nodes()).hasSize(11);
    }
}
