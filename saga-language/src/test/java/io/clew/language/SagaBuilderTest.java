package io.clew.language;

import static io.clew.language.builder.Sagas.await;
import static io.clew.language.builder.Sagas.choice;
import static io.clew.language.builder.Sagas.command;
import static io.clew.language.builder.Sagas.compensate;
import static io.clew.language.builder.Sagas.delay;
import static io.clew.language.builder.Sagas.delayUntil;
import static io.clew.language.builder.Sagas.forEach;
import static io.clew.language.builder.Sagas.goOn;
import static io.clew.language.builder.Sagas.parallel;
import static io.clew.language.builder.Sagas.retry;
import static io.clew.language.builder.Sagas.rollbackTo;
import static io.clew.language.builder.Sagas.savepoint;
import static io.clew.language.builder.Sagas.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.language.builder.NodeBuilder;
import io.clew.language.builder.SagaBuilder;
import io.clew.language.builder.Sagas;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the builder writes means the very same as what a person writes. */
class SagaBuilderTest {

    private static final int DEFINITIONS = 150;

    private final Fixtures registry = new Warehouse().registry;

    /** Every attribute of a definition and of every node, none of them at its default. */
    private static final String ALL =
            """
            saga: everything
            version: 7
            startedBy: { topic: order.events, event: io.clew.order.OrderPlaced, key: event.orderId }
            deadline: 20d
            retention: 8d
            uniqueFor: 40d
            index: { customerId: event.customerId, orderId: event.orderId }
            steps:
              - step: createOrder
                when: event.orderId != 'o-0'
                participant: order
                kind: compensatable
                action:
                  command: io.clew.order.CreateOrder
                  with: { orderId: event.orderId, customerId: event.customerId }
                compensation:
                  command: io.clew.order.CancelOrder
                  with: { orderId: event.orderId, reason: failure.code }
                  timeout: 20s
                  retry: { attempts: 7, backoff: 1s, factor: 3, max: 1m }
                timeout: 10s
                giveUpAfter: 5m
                retry: { attempts: 4, backoff: 300ms, factor: 1.5, max: 40s }
                onFailure: { A: compensate, B: continue, C: { retry: 2 } }
              - savepoint: created
              - choice:
                  large:
                    when: event.lines.size() > 1
                    steps:
                      - await: approval
                        signal: io.acme.Approved
                        timeout: 1d
                        onFailure: { TIMED_OUT: { rollbackTo: created, max: 4 } }
                  else:
                    steps: [ { delay: coolingOff, for: 2h } ]
              - parallel:
                  goods:
                    steps:
                      - await: pickedUp
                        topic: warehouse.events
                        event: io.acme.PickedUp
                        key: received.orderId
                        match: received.shelf != ''
                        timeout: 2d
                        compensation:
                          participant: warehouse
                          command: io.acme.ReturnToShelf
                          with: { shelf: received.shelf, count: "1" }
                          timeout: 1m
                          retry: { attempts: 2, backoff: 1s, factor: 2, max: 2s }
                        onFailure: { TIMED_OUT: continue }
                  papers:
                    steps:
                      - forEach:
                          in: event.lines
                          as: line
                          concurrency: 4
                          steps:
                            - step: note
                              participant: warehouse
                              action: { command: io.acme.Note, with: { text: line.sku } }
                              compensation: none
              - delay: untilMorning
                until: event.placedAt + duration('24h')
              - step: bookShipment
                participant: shipping
                kind: pivot
                action:
                  command: io.clew.shipping.BookShipment
                  with:
                    orderId: event.orderId
                    lines: [ { sku: "'a'", quantity: "2" } ]
                    address: event.shippingAddress
            """;

    @Test
    void shouldMeanTheSameAsTheSourceOfAPerson() {
        // given
        SagaBuilder built =
                Sagas.named("everything")
                        .version(7)
                        .startedBy("order.events", "io.clew.order.OrderPlaced", "event.orderId")
                        .deadline(Duration.ofDays(20))
                        .retention(Duration.ofDays(8))
                        .uniqueFor(Duration.ofDays(40))
                        .index("customerId", "event.customerId")
                        .index("orderId", "event.orderId")
                        .steps(
                                createOrder(),
                                savepoint("created"),
                                approved(),
                                goodsAndPapers(),
                                delayUntil("untilMorning", "event.placedAt + duration('24h')"),
                                bookShipment());

        // when
        CompiledDefinition compiled = registry.accepted(built.source());

        // then
        CompiledDefinition written = registry.accepted(ALL);
        assertThat(compiled.canonical()).isEqualTo(written.canonical());
        assertThat(compiled.definition().ref()).isEqualTo(written.definition().ref());
        assertThat(compiled.schemas()).isEqualTo(written.schemas());
    }

    private static NodeBuilder createOrder() {
        return step("createOrder")
                .when("event.orderId != 'o-0'")
                .participant("order")
                .kind(StepKind.COMPENSATABLE)
                .action(
                        command("io.clew.order.CreateOrder")
                                .with("orderId", "event.orderId")
                                .with("customerId", "event.customerId"))
                .compensation(
                        command("io.clew.order.CancelOrder")
                                .with("orderId", "event.orderId")
                                .with("reason", "failure.code")
                                .timeout(Duration.ofSeconds(20))
                                .retry(retries(7, 1000, 3, 60_000)))
                .timeout(Duration.ofSeconds(10))
                .giveUpAfter(Duration.ofMinutes(5))
                .retry(retries(4, 300, 1.5, 40_000))
                .onFailure("A", compensate())
                .onFailure("B", goOn())
                .onFailure("C", retry(2));
    }

    private static NodeBuilder approved() {
        return choice().arm(
                        "large",
                        "event.lines.size() > 1",
                        await("approval")
                                .signal("io.acme.Approved")
                                .timeout(Duration.ofDays(1))
                                .onTimeout(rollbackTo("created", 4)))
                .orElse(delay("coolingOff", Duration.ofHours(2)));
    }

    private static NodeBuilder goodsAndPapers() {
        return parallel()
                .branch(
                        "goods",
                        await("pickedUp")
                                .event("warehouse.events", "io.acme.PickedUp", "received.orderId")
                                .match("received.shelf != ''")
                                .timeout(Duration.ofDays(2))
                                .compensation(
                                        "warehouse",
                                        command("io.acme.ReturnToShelf")
                                                .with("shelf", "received.shelf")
                                                .with("count", "1")
                                                .timeout(Duration.ofMinutes(1))
                                                .retry(retries(2, 1000, 2, 2000)))
                                .onTimeout(goOn()))
                .branch(
                        "papers",
                        forEach("event.lines")
                                .as("line")
                                .concurrency(4)
                                .steps(
                                        step("note")
                                                .participant("warehouse")
                                                .action(
                                                        command("io.acme.Note")
                                                                .with("text", "line.sku"))
                                                .noCompensation()));
    }

    private static NodeBuilder bookShipment() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("sku", "'a'");
        line.put("quantity", "2");
        return step("bookShipment")
                .participant("shipping")
                .kind(StepKind.PIVOT)
                .action(
                        command("io.clew.shipping.BookShipment")
                                .with("orderId", "event.orderId")
                                .with("lines", List.of(line))
                                .with("address", "event.shippingAddress"));
    }

    private static RetryPolicy retries(int attempts, long backoff, double factor, long max) {
        return new RetryPolicy(
                attempts, Duration.ofMillis(backoff), factor, Duration.ofMillis(max));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/every-node.yaml", "/order-fulfilment.yaml"})
    void shouldWriteADefinitionAgain(String resource) throws Exception {
        // given
        CompiledDefinition first = registry.accepted(Fixtures.resource(resource));

        // when
        String again = BuilderCalls.again(Fixtures.resource(resource));

        // then
        CompiledDefinition second = registry.accepted(again);
        assertThat(second.canonical()).isEqualTo(first.canonical());
        assertThat(second.definition().ref()).isEqualTo(first.definition().ref());
    }

    @Test
    void shouldWriteAnyDefinitionAgain() throws Exception {
        long seed = Long.getLong("seed", 17);
        Random random = new Random(seed);
        for (int i = 0; i < DEFINITIONS; i++) {
            // given
            String source = new ObjectMapper().writeValueAsString(new RandomNodes(random).saga());
            CompiledDefinition first = registry.accepted(source);

            // when
            String again = BuilderCalls.again(first.canonical());

            // then
            assertThat(registry.accepted(again).canonical())
                    .describedAs("seed %d, round %d: %s", seed, i, source)
                    .isEqualTo(first.canonical());
        }
    }

    @Test
    void shouldLeaveChecksToTheCompiler() {
        // given
        String source =
                Sagas.named("wrong")
                        .version(1)
                        .startedBy("order.events", "io.clew.order.OrderPlaced", "event.orderID")
                        .steps(delay("d", Duration.ofHours(1)))
                        .source();

        // when
        List<Fault> faults = registry.refused(source);

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).path()).isEqualTo("startedBy.key");
        assertThat(source.lines().toList().get(faults.get(0).line() - 1)).contains("event.orderID");
    }

    @Test
    void shouldTakeOnlyWhatHasExpressionsAtItsEnds() {
        assertThatThrownBy(() -> command("io.acme.Note").with("text", List.of("'a'", 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected an expression, a list or a map of such but got 2");
    }
}
