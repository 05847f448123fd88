package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.saga.Bytes;
import io.clew.saga.ForEach;
import io.clew.saga.MappingScope;
import io.clew.saga.Node;
import io.clew.saga.Parallel;
import io.clew.saga.Sequence;
import io.clew.saga.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** One meaning, one canonical text, one hash, one set of bytes. */
class CanonicalTest {
    private static final String FACTOR = "\"factor\":2.0,\"max\":\"PT30S\"}},\"onFailure\":{}}]},";
    private static final String RECEIVED = "received.skus.size()";
    private static final String COUNTRY = "event.shippingAddress.country";

    private static final int DEFINITIONS = 60;

    private final Fixtures registry = Fixtures.ofOrders();

    @Test
    void shouldPinTheHashOfTheOrderSaga() {
        // when
        CompiledDefinition compiled = registry.accepted(Fixtures.orderSaga());

        // then
        assertThat(compiled.canonical())
                .startsWith(
                        "{\"saga\":\"order-fulfilment\",\"version\":1,\"startedBy\":{\"topic\":"
                            + "\"order.events\",\"event\":\"io.clew.order.OrderPlaced\",\"key\":"
                            + "\"event.orderId\"},\"deadline\":\"PT30M\",\"retention\":\"PT168H\","
                            + "\"uniqueFor\":\"PT720H\",\"index\":{\"customerId\":"
                            + "\"event.customerId\"},\"steps\":[{\"step\":\"createOrder\",");
        assertThat(compiled.definition().ref().sha256())
                .isEqualTo("2568bd602d6b52bff016db4f2b30d75d1380005a1a5c8e38f7c6dffe540306ec");
    }

    @Test
    void shouldRenderEveryNodeInTheOrderOfTheGrammar() {
        // when
        CompiledDefinition compiled =
                new Warehouse().registry.accepted(Fixtures.resource("/every-node.yaml"));

        // then
        assertThat(compiled.canonical())
                .contains(
                        ",{\"savepoint\":\"beforePayment\"},",
                        "\"onFailure\":{\"BUSY\":{\"retry\":3},\"CARD_DECLINED\":{\"rollbackTo\":"
                                + "\"beforePayment\",\"max\":2},\"GOODWILL\":\"continue\"}}",
                        ",{\"choice\":{\"large\":{\"when\":\"event.lines.size() > 1\",\"steps\":"
                                + "[{\"await\":\"approval\",\"signal\":\"io.acme.Approved\","
                                + "\"timeout\":\"PT24H\",\"onFailure\":{\"TIMED_OUT\":"
                                + "\"continue\"}}]},\"else\":{\"steps\":[{\"delay\":\"coolingOff\","
                                + "\"for\":\"PT2H\"}]}}},{\"parallel\":{\"goods\":{\"steps\":["
                                + "{\"forEach\":{\"in\":\"event.lines\",\"as\":\"line\","
                                + "\"concurrency\":4,\"steps\":[{\"step\":\"reserveStock\",",
                        "},{\"await\":\"pickedUp\",\"topic\":\"warehouse.events\",\"event\":"
                                + "\"io.acme.PickedUp\",\"key\":\"received.orderId\",\"match\":\""
                                + RECEIVED
                                + " == event.lines.size()\",\"timeout\":"
                                + "\"PT48H\",\"compensation\":{\"participant\":\"warehouse\","
                                + "\"command\":\"io.acme.ReturnToShelf\",\"with\":{\"count\":"
                                + "\"received.skus.size()\",\"shelf\":\"received.shelf\"},"
                                + "\"timeout\":\"PT1M\",\"retry\":{\"attempts\":20,\"backoff\":"
                                + "\"PT0.2S\","
                                + FACTOR
                                + "\"papers\":{\"steps\":[{\"step\":\"printLabel\",\"when\":\""
                                + COUNTRY
                                + ""
                                + " != 'AQ'\",\"participant\":"
                                + "\"warehouse\",\"kind\":\"compensatable\",",
                        ",{\"delay\":\"untilMorning\",\"until\":\"event.placedAt +"
                                + " duration('24h')\"},");
        assertThat(compiled.definition().ref().sha256())
                .isEqualTo("fd618a8ca60a678d55e564a6a9f717991a4f90e19f2ba3854fc4992bf74d2d22");
    }

    /** A definition that was applied before there were results is the same now. */
    @Test
    void shouldRenderNothingOfAResultThatIsNotThere() {
        // given
        String source = Fixtures.resource("/every-node.yaml");

        // when
        CompiledDefinition compiled =
                new Warehouse()
                        .registry.accepted(source.substring(0, source.indexOf("\nresult:") + 1));

        // then
        assertThat(compiled.canonical()).doesNotContain("\"result\":{");
        assertThat(compiled.definition().ref().sha256())
                .isEqualTo("3f709106008830e28c17c24a767341eb0495fb482baddc3f4c9952285ae67078");
    }

    @Test
    void shouldNumberBlocksInTheOrderTheyAreWritten() {
        // given
        String source =
                """
                saga: numbers
                version: 1
                startedBy:
                  { topic: order.events, event: io.clew.order.OrderPlaced, key: event.orderId }
                steps:
                  - parallel:
                      left:
                        steps: [ { parallel: { a: { steps: [ { delay: d1, for: 1h } ] } } } ]
                      right:
                        steps:
                          - forEach: { in: event.lines, steps: [ { delay: d2, for: 1h } ] }
                  - parallel: { b: { steps: [ { delay: d3, for: 1h } ] } }
                """;

        // when
        Sequence root = registry.accepted(source).definition().root();

        // then
        assertThat(ids(root))
                .containsExactly("parallel#1", "parallel#2", "forEach#1", "parallel#3");
    }

    private static List<String> ids(Sequence sequence) {
        List<String> ids = new ArrayList<>();
        for (Node node : sequence.nodes()) {
            if (node instanceof Parallel(String id, List<Parallel.Branch> branches)) {
                ids.add(id);
                branches.forEach(it -> ids.addAll(ids(it.steps())));
            } else if (node instanceof ForEach loop) {
                ids.add(loop.id());
            }
        }
        return ids;
    }

    @Test
    void shouldGiveYamlAndJsonOneHash() throws Exception {
        // given
        Object parsed = new Yaml().load(Fixtures.orderSaga());
        String json =
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(parsed);

        // when
        CompiledDefinition fromJson = registry.accepted(json);

        // then
        assertThat(fromJson.definition().ref())
                .isEqualTo(registry.accepted(Fixtures.orderSaga()).definition().ref());
    }

    @Test
    void shouldGiveDefaultsWrittenOutOneHash() {
        // given
        String source = Fixtures.orderSaga();
        String written =
                source.replace("deadline: 30m", "deadline: 1800s\nuniqueFor: P30D")
                        .replace(
                                "    timeout: 10s",
                                "    kind: compensatable\n    timeout: 10000ms");

        // when / then
        assertThat(registry.accepted(written).definition().ref())
                .isEqualTo(registry.accepted(source).definition().ref());
    }

    @Test
    void shouldAcceptItsOwnTextOfADeadlineBelowTheUsualTimeout() {
        // given
        String source =
                Fixtures.orderSaga()
                        .replace("deadline: 30m", "deadline: 8s")
                        .replaceAll("    (timeout|giveUpAfter): .*\n", "");
        CompiledDefinition compiled = registry.accepted(source);

        // when
        CompiledDefinition again =
                new DefinitionCompiler()
                        .recompile(compiled.canonical(), compiled.schemas(), registry);

        // then
        assertThat(again.definition().ref()).isEqualTo(compiled.definition().ref());
    }

    @Test
    void shouldGiveAnotherMeaningAnotherHash() {
        // given
        String source = Fixtures.orderSaga();

        // when / then
        assertThat(registry.accepted(source.replace("30m", "31m")).definition().ref().sha256())
                .isNotEqualTo(registry.accepted(source).definition().ref().sha256());
    }

    @Test
    void shouldRecompileAnyDefinitionToTheSameHashAndBytes() throws Exception {
        long seed = Long.getLong("seed", 42);
        Random random = new Random(seed);
        MappingScope scope =
                Fixtures.scope(registry.orderPlaced(), Map.of("step1", registry.paymentCharged()));
        for (int i = 0; i < DEFINITIONS; i++) {
            // given
            String source = new ObjectMapper().writeValueAsString(randomSaga(random));

            // when
            CompiledDefinition first = registry.accepted(source);
            CompiledDefinition second =
                    new DefinitionCompiler()
                            .recompile(first.canonical(), first.schemas(), registry);

            // then
            assertThat(second.definition().ref())
                    .describedAs("seed %d: %s", seed, source)
                    .isEqualTo(first.definition().ref());
            assertThat(second.canonical()).isEqualTo(first.canonical());
            assertThat(second.schemas()).isEqualTo(first.schemas());
            assertThat(bytes(second, scope)).isEqualTo(bytes(first, scope));
        }
    }

    @Test
    void shouldRecompileOnlyAgainstPinnedSchemas() {
        // given
        CompiledDefinition first = registry.accepted(Fixtures.orderSaga());
        List<PinnedSchema> fewer = first.schemas().subList(1, first.schemas().size());

        // when / then
        assertThatThrownBy(
                        () ->
                                new DefinitionCompiler()
                                        .recompile(first.canonical(), fewer, registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no subject " + first.schemas().get(0).subject());
    }

    private static List<Bytes> bytes(CompiledDefinition compiled, MappingScope scope) {
        List<Bytes> all = new ArrayList<>();
        for (Step step : compiled.definition().steps()) {
            all.add(step.action().mapping().render(scope));
            step.compensation().ifPresent(it -> all.add(it.mapping().render(scope)));
        }
        return all;
    }

    /** A saga of some of the known steps, its keys in any order and its defaults in or out. */
    private static Map<String, Object> randomSaga(Random random) {
        Map<String, Object> saga = new LinkedHashMap<>();
        saga.put("saga", "order-fulfilment");
        saga.put("version", 1 + random.nextInt(5));
        saga.put(
                "startedBy",
                Map.of(
                        "topic", "order.events",
                        "event", "io.clew.order.OrderPlaced",
                        "key", "event.orderId"));
        maybe(random, saga, "deadline", "1h30m");
        maybe(random, saga, "retention", "3d");
        maybe(random, saga, "index", Map.of("b", "event.customerId", "a", "event.orderId"));
        List<Object> steps = new ArrayList<>();
        int charges = 1 + random.nextInt(4);
        for (int i = 1; i <= charges; i++) {
            steps.add(shuffled(random, charge(random, i)));
        }
        saga.put("steps", steps);
        return shuffled(random, saga);
    }

    private static Map<String, Object> charge(Random random, int i) {
        Map<String, Object> with = new LinkedHashMap<>();
        with.put("orderId", "event.orderId");
        with.put("amount", i > 1 ? "steps.step1.amount" : "event.totalAmount");
        with.put("token", "event.paymentToken + saga.key");
        maybe(random, with, "currency", "event.currency");
        Map<String, Object> action = new LinkedHashMap<>();
        action.put("command", "io.clew.payment.ChargePayment");
        action.put("result", "io.clew.payment.PaymentCharged");
        action.put("with", shuffled(random, with));
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("step", "step" + i);
        step.put("participant", "payment");
        step.put("action", action);
        step.put(
                "compensation",
                random.nextBoolean()
                        ? "none"
                        : Map.of(
                                "command",
                                "io.clew.payment.RefundPayment",
                                "with",
                                Map.of(
                                        "orderId",
                                        "event.orderId + failure.code",
                                        "paymentId",
                                        "steps.step" + i + ".?paymentId")));
        maybe(random, step, "timeout", "7s");
        maybe(random, step, "retry", Map.of("attempts", 3, "factor", 1.5));
        maybe(random, step, "onFailure", Map.of("Z", "compensate", "A", Map.of("retry", 2)));
        return step;
    }

    private static void maybe(Random random, Map<String, Object> map, String key, Object value) {
        if (random.nextBoolean()) {
            map.put(key, value);
        }
    }

    private static Map<String, Object> shuffled(Random random, Map<String, Object> map) {
        List<String> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, random);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        keys.forEach(key -> shuffled.put(key, map.get(key)));
        return shuffled;
    }
}
