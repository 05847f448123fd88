package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.language.builder.Sagas;
import io.clew.saga.ChildSagas;
import io.clew.saga.Step;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A saga of another definition as a step. */
class ChildTest {
    private static final String BEFORE =
            """
            saga: tour
            version: 1
            startedBy: { topic: order.events, event: io.clew.order.OrderPlaced, key: event.orderId }
            deadline: 30d
            steps:
            """;

    private static final String CHILD =
            """
              - saga: invoice
                start:
                  definition: invoicing
                  event: io.acme.Note
                  with: { text: event.orderId }
                onFailure: { NO_CREDIT: { retry: 1 } }
            """;

    private final Warehouse warehouse = new Warehouse();

    /** A child's trigger is registered for the topic that commands to children stand on. */
    ChildTest() {
        warehouse.registry.with(401, ChildSagas.TOPIC, warehouse.registry.schema(307).toString());
    }

    private Step compiled(String node) {
        return (Step) warehouse.registry.accepted(BEFORE + node).definition().root().nodes().get(0);
    }

    @Test
    void shouldStartASagaOfAnotherDefinition() {
        // when
        Step invoice = compiled(CHILD);

        // then
        assertThat(invoice.name()).isEqualTo("invoice");
        assertThat(invoice.action().participant()).isEqualTo("saga.invoicing");
        assertThat(invoice.action().topic()).isEqualTo("saga.commands");
        assertThat(invoice.action().type()).isEqualTo("io.acme.Note");
        assertThat(invoice.action().timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(
                        warehouse.shown(
                                invoice.action()
                                        .mapping()
                                        .render(
                                                Fixtures.scope(
                                                        warehouse.registry.orderPlaced(),
                                                        Map.of()))))
                .contains("o-1");
        assertThat(invoice.onFailure()).containsOnlyKeys("NO_CREDIT");
    }

    @Test
    void shouldTakeItBackAsAWhole() {
        Step invoice = compiled(CHILD);
        assertThat(invoice.compensation().orElseThrow().type()).isEqualTo(ChildSagas.TAKE_BACK);
        assertThat(compiled(CHILD + "    compensation: none\n").compensation()).isEmpty();
        Step retriable = compiled(CHILD.replaceAll("    onFailure.*\n", "    kind: retriable\n"));
        assertThat(retriable.kind()).isEqualTo(StepKind.RETRIABLE);
        assertThat(retriable.compensation()).isEmpty();
    }

    @Test
    void shouldReadWhatItRenders() {
        CompiledDefinition tour = warehouse.registry.accepted(BEFORE + CHILD);
        String rendered = tour.canonical();
        assertThat(rendered).contains("\"start\":{\"definition\":\"invoicing\"");
        assertThat(warehouse.registry.accepted(rendered).canonical()).isEqualTo(rendered);
    }

    @Test
    void shouldBeWrittenInJava() {
        String source =
                Sagas.named("tour")
                        .version(1)
                        .startedBy("order.events", "io.clew.order.OrderPlaced", "event.orderId")
                        .deadline(Duration.ofDays(30))
                        .steps(
                                Sagas.child("invoice")
                                        .start(
                                                "invoicing",
                                                Sagas.command("io.acme.Note")
                                                        .with("text", "event.orderId"))
                                        .onFailure("NO_CREDIT", Sagas.retry(1)))
                        .source();
        assertThat(warehouse.registry.accepted(source).canonical())
                .isEqualTo(warehouse.registry.accepted(BEFORE + CHILD).canonical());
    }

    @Test
    void shouldRefuseACompensationOfItsOwn() {
        String own = "    compensation: { command: io.acme.Note, with: { text: event.orderId } }\n";
        List<Fault> faults = warehouse.registry.refused(BEFORE + CHILD + own);
        assertThat(faults)
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.message()).contains("it takes itself back");
                            assertThat(it.path()).isEqualTo("steps[0].compensation");
                            assertThat(it.line()).isEqualTo(12);
                        });
    }

    @Test
    void shouldNameEveryFault() {
        String broken =
                CHILD.replace("io.acme.Note", "io.acme.Nothing").replace("invoicing", "Invoicing");
        assertThat(warehouse.registry.refused(BEFORE + broken))
                .extracting(Fault::path)
                .contains("steps[0].start.definition");
        assertThat(warehouse.registry.refused(BEFORE + "  - saga: invoice\n"))
                .extracting(Fault::path)
                .contains("steps[0].start");
    }
}
