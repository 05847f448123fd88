package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import io.clew.saga.NotYetException;
import io.clew.saga.ResultCheck;
import io.clew.saga.SagaDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Events and results as others write them: with newer schemas, unknown ones, or broken. */
class WrittenValuesTest {

    private static final int NEWER_EVENT = 201;
    private static final int NEWER_RESULT = 207;

    private final Fixtures registry = Fixtures.ofOrders();
    private final CompiledDefinition compiled = registry.accepted(Fixtures.orderSaga());
    private final SagaDefinition saga = compiled.definition();

    @Test
    void shouldRenderTheSameBytesWhenTheEventWasWrittenWithANewerSchema() {
        // given
        Bytes pinned = registry.orderPlaced();
        evolve(NEWER_EVENT, "order.events", 101);
        Bytes newer = rewritten(pinned, 101, NEWER_EVENT);

        // when
        Bytes expected = Fixtures.action(saga, "bookShipment", Fixtures.scope(pinned, Map.of()));
        Bytes actual = Fixtures.action(saga, "bookShipment", Fixtures.scope(newer, Map.of()));

        // then
        assertThat(newer).isNotEqualTo(pinned);
        assertThat(actual).isEqualTo(expected);
        assertThat(compiled.trigger().evaluate(newer))
                .isEqualTo(compiled.trigger().evaluate(pinned));
    }

    @Test
    void shouldAcceptAndReadAResultWrittenWithANewerSchema() {
        // given
        evolve(NEWER_RESULT, "saga.inbox", 107);
        Bytes newer = rewritten(registry.paymentCharged(), 107, NEWER_RESULT);

        // when
        Optional<String> problem = resultCheck("chargePayment").problem(Optional.of(newer));
        Bytes refund =
                Fixtures.compensation(
                        saga,
                        "chargePayment",
                        Fixtures.scope(registry.orderPlaced(), Map.of("chargePayment", newer)));

        // then
        assertThat(problem).isEmpty();
        assertThat(refund)
                .isEqualTo(
                        Fixtures.compensation(
                                saga,
                                "chargePayment",
                                Fixtures.scope(
                                        registry.orderPlaced(),
                                        Map.of("chargePayment", registry.paymentCharged()))));
    }

    @Test
    void shouldPassOnThatASchemaCannotBeHadYet() {
        // given
        WriterSchemas away =
                id -> {
                    throw new NotYetException("registry is away");
                };
        CompiledDefinition waiting =
                new DefinitionCompiler().recompile(compiled.canonical(), compiled.schemas(), away);
        Bytes event = registry.orderPlaced();

        // when / then
        assertThatThrownBy(() -> waiting.trigger().evaluate(event))
                .isInstanceOf(NotYetException.class);
        assertThatThrownBy(
                        () ->
                                Fixtures.action(
                                        waiting.definition(),
                                        "createOrder",
                                        Fixtures.scope(event, Map.of())))
                .isInstanceOf(NotYetException.class);
        ResultCheck check = waiting.definition().step("chargePayment").action().result();
        assertThatThrownBy(() -> check.problem(Optional.of(registry.paymentCharged())))
                .isInstanceOf(NotYetException.class);
    }

    @Test
    void shouldPassOnWhatTheCatalogThrows() {
        // given
        SchemaCatalog down =
                subject -> {
                    throw new IllegalStateException("registry is away");
                };

        // when / then
        assertThatThrownBy(
                        () ->
                                new DefinitionCompiler()
                                        .compile(Fixtures.orderSaga(), down, registry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("registry is away");
    }

    @Test
    void shouldSayWhatIsWrongWithAResult() {
        // given
        ResultCheck check = resultCheck("chargePayment");

        // when / then
        assertThat(check.problem(Optional.empty()).orElseThrow())
                .contains("Expected a io.clew.payment.PaymentCharged but the reply has no value");
        assertThat(check.problem(Optional.of(Bytes.utf8("{}"))).orElseThrow())
                .contains("in Confluent's frame");
        assertThat(check.problem(Optional.of(registry.orderPlaced())).orElseThrow())
                .contains("io.clew.payment.PaymentCharged");
        assertThat(check.problem(Optional.of(Bytes.wrap(new byte[] {0, 0, 0, 9, 9}))).orElseThrow())
                .contains("there is none");
    }

    @Test
    void shouldIgnoreAValueWhereThereIsNoResult() {
        assertThat(resultCheck("bookShipment").problem(Optional.empty())).isEmpty();
        assertThat(resultCheck("bookShipment").problem(Optional.of(Bytes.utf8("x")))).isEmpty();
    }

    @Test
    void shouldRefuseABadKey() {
        // given
        GenericRecord order = read(registry.orderPlaced(), 101);
        order.put("orderId", "");

        // when / then
        assertThatThrownBy(() -> compiled.trigger().evaluate(registry.frame(101, order)))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("1 to 200 bytes but got 0");
        order.put("orderId", "x".repeat(201));
        assertThatThrownBy(() -> compiled.trigger().evaluate(registry.frame(101, order)))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("1 to 200 bytes but got 201");
    }

    @Test
    void shouldAnswerBrokenBytesWithAMappingExceptionOnly() {
        long seed = Long.getLong("seed", 7);
        Random random = new Random(seed);
        byte[] good = registry.orderPlaced().array();
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = java.util.Arrays.copyOf(good, random.nextInt(good.length + 20));
            for (int flips = random.nextInt(4); flips >= 0 && broken.length > 5; flips--) {
                broken[5 + random.nextInt(broken.length - 5)] = (byte) random.nextInt(256);
            }
            try {
                compiled.trigger().evaluate(Bytes.wrap(broken));
            } catch (MappingException e) {
                assertThat(e.getMessage()).describedAs("seed %d, round %d", seed, i).isNotBlank();
            }
        }
    }

    private ResultCheck resultCheck(String step) {
        return saga.step(step).action().result();
    }

    /** Registers the schema of {@code id} once more, with a new field in front. */
    private void evolve(int newId, String topic, int id) {
        String text =
                registry.schema(id)
                        .toString()
                        .replaceFirst(
                                "\"fields\":\\[",
                                "\"fields\":[{\"name\":\"channel\",\"type\":\"string\",\"default\":"
                                        + "\"web\"},");
        registry.with(newId, topic, text);
    }

    private Bytes rewritten(Bytes frame, int from, int to) {
        GenericRecord old = read(frame, from);
        Schema schema = registry.schema(to);
        GenericRecord fresh = new GenericData.Record(schema);
        fresh.put("channel", "phone");
        old.getSchema().getFields().forEach(it -> fresh.put(it.name(), old.get(it.name())));
        return registry.frame(to, fresh);
    }

    private GenericRecord read(Bytes frame, int id) {
        return new io.clew.language.frame.FrameReader(registry.schema(id), registry::byId)
                .read(frame);
    }
}
