package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.language.builder.Sagas;
import io.clew.saga.Bytes;
import io.clew.saga.ChildSagas;
import io.clew.saga.ResultSpec;
import io.clew.saga.SagaDefinition;
import io.clew.saga.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What sagas come to, and what their parents can read of it. */
class ResultTest {
    private static final String INVOICING =
            """
            saga: invoicing
            version: 1
            startedBy: { topic: order.events, event: io.clew.order.OrderPlaced, key: event.orderId }
            steps:
              - step: reserve
                participant: warehouse
                action:
                  command: io.acme.ReserveStock
                  result: io.acme.StockReserved
                  with: { orderId: event.orderId, sku: "'a'", quantity: 1, position: 0 }
                compensation: none
            """;

    private static final String RESULT =
            """
            result:
              type: io.acme.StockReserved
              with:
                sku: steps.reserve.sku
                reservation: steps.reserve.reservation + '/' + event.orderId
            """;

    private static final String TOUR =
            """
            saga: tour
            version: 1
            startedBy: { topic: order.events, event: io.clew.order.OrderPlaced, key: event.orderId }
            steps:
              - saga: invoice
                start:
                  definition: invoicing
                  event: io.acme.Note
                  result: io.acme.StockReserved
                  with: { text: event.orderId }
              - step: tell
                participant: warehouse
                action: { command: io.acme.Note, with: { text: steps.invoice.reservation } }
                compensation: none
            """;

    private final Warehouse warehouse = new Warehouse();
    private final Fixtures registry = warehouse.registry;

    /** A child's trigger is registered for the topic that commands to children stand on. */
    ResultTest() {
        registry.with(401, ChildSagas.TOPIC, registry.schema(307).toString());
    }

    @Test
    void shouldMakeTheResultOfWhatWasDone() {
        // when
        CompiledDefinition compiled = registry.accepted(INVOICING + RESULT);

        // then
        ResultSpec result = compiled.definition().result().orElseThrow();
        assertThat(result.type()).isEqualTo("io.acme.StockReserved");
        Bytes made =
                result.mapping()
                        .render(
                                Fixtures.scope(
                                        registry.orderPlaced(),
                                        Map.of("reserve", warehouse.stockReserved("a", "r-1"))));
        assertThat(warehouse.shown(made))
                .isEqualTo("{\"sku\": \"a\", \"reservation\": \"r-1/o-1\"}");
        assertThat(registry.accepted(INVOICING).definition().result()).isEmpty();
    }

    @Test
    void shouldReadWhatItRenders() {
        // when
        CompiledDefinition compiled = registry.accepted(INVOICING + RESULT);

        // then
        assertThat(compiled.canonical())
                .contains("],\"result\":{\"type\":\"io.acme.StockReserved\",\"with\":{")
                .endsWith("\"sku\":\"steps.reserve.sku\"}}}");
        CompiledDefinition again =
                new DefinitionCompiler()
                        .recompile(compiled.canonical(), compiled.schemas(), registry);
        assertThat(again.canonical()).isEqualTo(compiled.canonical());
        assertThat(again.definition().ref()).isEqualTo(compiled.definition().ref());
        assertThat(again.definition().result().map(ResultSpec::type))
                .contains("io.acme.StockReserved");
    }

    @Test
    void shouldHaveItsOwnHash() {
        assertThat(registry.accepted(INVOICING + RESULT).definition().ref().sha256())
                .isNotEqualTo(registry.accepted(INVOICING).definition().ref().sha256());
    }

    @Test
    void shouldBeWrittenInJava() {
        // when
        String source =
                Sagas.named("invoicing")
                        .version(1)
                        .startedBy("order.events", "io.clew.order.OrderPlaced", "event.orderId")
                        .steps(
                                Sagas.step("reserve")
                                        .participant("warehouse")
                                        .action(
                                                Sagas.command("io.acme.ReserveStock")
                                                        .result("io.acme.StockReserved")
                                                        .with("orderId", "event.orderId")
                                                        .with("sku", "'a'")
                                                        .with("quantity", "1")
                                                        .with("position", "0"))
                                        .noCompensation())
                        .result(
                                Sagas.record("io.acme.StockReserved")
                                        .with("sku", "steps.reserve.sku")
                                        .with(
                                                "reservation",
                                                "steps.reserve.reservation + '/' + event.orderId"))
                        .source();

        // then
        assertThat(registry.accepted(source).canonical())
                .isEqualTo(registry.accepted(INVOICING + RESULT).canonical());
    }

    @Test
    void shouldReadTheResultOfAChild() {
        // when
        CompiledDefinition compiled = registry.accepted(TOUR);

        // then
        SagaDefinition tour = compiled.definition();
        Bytes reserved = warehouse.stockReserved("a", "r-7");
        Bytes told =
                Fixtures.action(
                        tour,
                        "tell",
                        Fixtures.scope(registry.orderPlaced(), Map.of("invoice", reserved)));
        assertThat(warehouse.shown(told)).isEqualTo("{\"text\": \"r-7\"}");
        Step invoice = tour.step("invoice");
        assertThat(invoice.action().result().problem(Optional.of(reserved))).isEmpty();
        assertThat(invoice.action().result().problem(Optional.empty()))
                .contains("Expected a io.acme.StockReserved but the reply has no value");
        assertThat(invoice.action().result().problem(Optional.of(warehouse.approved("ada"))))
                .isPresent();
        assertThat(compiled.canonical())
                .contains(
                        "\"event\":\"io.acme.Note\",\"result\":\"io.acme.StockReserved\",\"with\"");
        assertThat(registry.accepted(compiled.canonical()).canonical())
                .isEqualTo(compiled.canonical());
    }

    @Test
    void shouldWriteTheResultOfAChildInJava() {
        // when
        String source =
                Sagas.named("tour")
                        .version(1)
                        .startedBy("order.events", "io.clew.order.OrderPlaced", "event.orderId")
                        .steps(
                                Sagas.child("invoice")
                                        .start(
                                                "invoicing",
                                                Sagas.record("io.acme.Note")
                                                        .result("io.acme.StockReserved")
                                                        .with("text", "event.orderId")),
                                Sagas.step("tell")
                                        .participant("warehouse")
                                        .action(
                                                Sagas.command("io.acme.Note")
                                                        .with("text", "steps.invoice.reservation"))
                                        .noCompensation())
                        .source();

        // then
        assertThat(registry.accepted(source).canonical())
                .isEqualTo(registry.accepted(TOUR).canonical());
    }

    @Test
    void shouldSayWhereItIsWrong() {
        assertFault(
                RESULT.replace("StockReserved", "Nothing"),
                "result.type",
                "Expected a schema of io.acme.Nothing but there is no subject"
                        + " saga.inbox-io.acme.Nothing",
                13,
                9);
        assertFault(
                RESULT.replace("    sku: steps.reserve.sku\n", ""),
                "result.with.sku",
                "StockReserved.sku is required but not set",
                15,
                5);
        assertFault(
                RESULT.replace("    sku:", "    skuu: event.orderId\n    sku:"),
                "result.with.skuu",
                "Expected a field of io.acme.StockReserved but it has no 'skuu'",
                15,
                11);
        assertFault(
                RESULT.replace("reserve.sku", "reserve.skuu"),
                "result.with.sku",
                "Expected a field of io.acme.StockReserved but it has no 'skuu'",
                15,
                10);
        assertFault(
                "result: { with: { sku: \"'a'\" } }\n",
                "result.type",
                "Expected 'type' but it is missing",
                12,
                9);
        assertFault(
                RESULT.replace("type:", "typ:"),
                "result.typ",
                "Expected a known key but got 'typ'",
                13,
                3);
        assertFault("result: io.acme.Note\n", "result", "Expected keys with values", 12, 9);
    }

    /** What is there to read is told of first, but a missing schema is told, too. */
    @Test
    void shouldTellOfItsSchemaThoughNobodyKnowsTheEvent() {
        String source =
                INVOICING.replace("OrderPlaced", "OrderLost")
                        + RESULT.replace("StockReserved", "Nothing");
        assertThat(registry.refused(source))
                .extracting(Fault::path)
                .contains("startedBy.event", "result.type");
    }

    @Test
    void shouldNotReadOfAChildWhatItDoesNotSay() {
        List<Fault> faults =
                registry.refused(TOUR.replace("      result: io.acme.StockReserved\n", ""));
        assertThat(faults)
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("step invoice has no result"));
        assertThat(registry.refused(TOUR.replace("result: io.acme.StockReserved", "result: x.Y")))
                .extracting(Fault::path)
                .contains("steps[0].start.result");
    }

    @Test
    void shouldTellOfTheStartOfAChildWhereItStands() {
        assertThat(registry.refused(TOUR.replace("text: event.orderId", "text: event.orderID")))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("steps[0].start.with.text"));
    }

    private void assertFault(String result, String path, String message, int line, int column) {
        assertThat(registry.refused(INVOICING + result))
                .as(result)
                .anySatisfy(
                        it -> {
                            assertThat(it.path()).isEqualTo(path);
                            assertThat(it.message()).contains(message);
                            assertThat(List.of(it.line(), it.column()))
                                    .containsExactly(line, column);
                        });
    }
}
