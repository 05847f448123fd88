package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.Bytes;
import io.clew.saga.FailurePolicy;
import io.clew.saga.SagaDefinition;
import io.clew.saga.Step;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderSagaTest {

    private final Fixtures registry = Fixtures.ofOrders();

    @Test
    void shouldCompileTheModel() {
        // when
        CompiledDefinition compiled = registry.accepted(Fixtures.orderSaga());

        // then
        SagaDefinition saga = compiled.definition();
        assertThat(saga.ref().name()).isEqualTo("order-fulfilment");
        assertThat(saga.ref().version()).isEqualTo(1);
        assertThat(saga.deadline()).isEqualTo(Duration.ofMinutes(30));
        assertThat(saga.uniqueFor()).isEqualTo(Duration.ofDays(30));
        assertThat(saga.steps())
                .extracting(Step::name)
                .containsExactly("createOrder", "chargePayment", "bookShipment", "confirmOrder");
        Step charge = saga.step("chargePayment");
        assertThat(charge.action().topic()).isEqualTo("payment.commands");
        assertThat(charge.action().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(charge.giveUpAfter()).isEqualTo(Optional.of(Duration.ofMinutes(5)));
        assertThat(charge.policyFor("INSUFFICIENT_FUNDS"))
                .isEqualTo(new FailurePolicy.Compensate());
        assertThat(saga.step("confirmOrder").kind()).isEqualTo(StepKind.RETRIABLE);
        assertThat(compiled.schemas()).hasSize(9);
    }

    @Test
    void shouldReadKeyAndIndexFromTheTrigger() {
        // given
        TriggerSpec trigger = registry.accepted(Fixtures.orderSaga()).trigger();

        // when
        TriggerSpec.Started started = trigger.evaluate(registry.orderPlaced());

        // then
        assertThat(trigger.topic()).isEqualTo("order.events");
        assertThat(trigger.eventType()).isEqualTo("io.clew.order.OrderPlaced");
        assertThat(started.key()).isEqualTo("o-1");
        assertThat(started.index()).isEqualTo(Map.of("customerId", "c-7"));
    }

    @Test
    void shouldRenderTheSameBytesForEver() {
        // given
        SagaDefinition saga = registry.accepted(Fixtures.orderSaga()).definition();
        var scope =
                Fixtures.scope(
                        registry.orderPlaced(), Map.of("chargePayment", registry.paymentCharged()));

        // when
        Bytes create = Fixtures.action(saga, "createOrder", scope);
        Bytes charge = Fixtures.action(saga, "chargePayment", scope);
        Bytes book = Fixtures.action(saga, "bookShipment", scope);
        Bytes refund = Fixtures.compensation(saga, "chargePayment", scope);
        Bytes cancel = Fixtures.compensation(saga, "createOrder", scope);

        // then
        assertThat(hex(create)).isEqualTo("0000000066066f2d3106632d37");
        assertThat(hex(charge)).isEqualTo("0000000069066f2d31040f96020210746f6b5f76697361");
        assertThat(hex(book))
                .isEqualTo(
                        "000000006c066f2d31040a736b752d61040a736b752d6202001841646120"
                                + "4c6f76656c616365283132205374204a616d65732773205371756172650c"
                                + "4c6f6e646f6e105357315920344a48044742");
        assertThat(hex(refund)).isEqualTo("000000006a066f2d310206702d39");
        assertThat(hex(cancel)).isEqualTo("0000000067066f2d31184f55545f4f465f53544f434b");
    }

    @Test
    void shouldLeaveTheOwnOutputOutWhenItIsNotKnown() {
        // given
        SagaDefinition saga = registry.accepted(Fixtures.orderSaga()).definition();

        // when
        Bytes refund =
                Fixtures.compensation(
                        saga, "chargePayment", Fixtures.scope(registry.orderPlaced(), Map.of()));

        // then
        assertThat(hex(refund)).isEqualTo("000000006a066f2d3100");
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.array());
    }
}
