package io.clew.testkit;

import static io.clew.language.builder.Sagas.await;
import static io.clew.language.builder.Sagas.command;
import static io.clew.language.builder.Sagas.step;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.language.KnownSchemas;
import io.clew.language.builder.Sagas;
import io.clew.order.Address;
import io.clew.order.ConfirmOrder;
import io.clew.order.CreateOrder;
import io.clew.order.Currency;
import io.clew.order.OrderLine;
import io.clew.order.OrderPlaced;
import io.clew.payment.ChargePayment;
import io.clew.payment.PaymentCharged;
import io.clew.saga.StepKind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order saga with the generated classes of its services, and one that awaits. */
class OrderScenarioTest {

    private static final Path ROOT = Path.of(System.getProperty("clew.root", ".."));
    private static final TestedSaga ORDERS =
            TestedSaga.of(
                    ROOT.resolve("order-service/src/main/saga/order-fulfilment.yaml"),
                    ROOT.resolve("schemas/src/main/avro"));

    private static OrderPlaced orderPlaced(String orderId) {
        return OrderPlaced.newBuilder()
                .setOrderId(orderId)
                .setCustomerId("c-7")
                .setLines(List.of(new OrderLine("sku-a", 2, new BigDecimal("9.95"))))
                .setCurrency(Currency.EUR)
                .setTotalAmount(new BigDecimal("19.90"))
                .setPaymentToken("token")
                .setShippingAddress(new Address("Ada", "Main 1", "Berlin", "10115", "DE"))
                .setPlacedAt(Instant.parse("2026-01-31T12:00:00Z"))
                .build();
    }

    @Test
    void shouldSpeakGeneratedClasses() {
        ORDERS.scenario()
                .triggeredBy(orderPlaced("o-1"))
                .expectId("order-fulfilment:o-1")
                .expectCommand("order", "io.clew.order.CreateOrder")
                .saying(new CreateOrder("o-1", "c-7"))
                .succeeds()
                .expectCommand("payment", "io.clew.payment.ChargePayment")
                .saying(
                        new ChargePayment(
                                "o-1",
                                new BigDecimal("19.90"),
                                io.clew.payment.Currency.EUR,
                                "token"))
                .errs("PROVIDER_AWAY")
                .silentFor(Duration.ofSeconds(1))
                .expectCommand("payment", "io.clew.payment.ChargePayment")
                .onAttempt(2)
                .progresses()
                .succeeds(
                        ORDERS.record(
                                "io.clew.payment.PaymentCharged",
                                Map.of(
                                        "paymentId", "p-1",
                                        "orderId", "o-1",
                                        "amount", new BigDecimal("19.90"),
                                        "currency", "EUR",
                                        "chargedAt", Instant.EPOCH)))
                .expectCommand("shipping", "io.clew.shipping.BookShipment")
                .failsWith("OUT_OF_STOCK")
                .expectCommand("payment", "io.clew.payment.RefundPayment")
                .saying(Map.of("orderId", "o-1", "paymentId", "p-1"))
                .succeeds()
                .expectCommand("order", "io.clew.order.CancelOrder")
                .succeeds()
                .expectCompensated("OUT_OF_STOCK");
    }

    @Test
    void shouldTellWhatItGotInsteadOfWhatWasExpected() {
        DefinitionScenario scenario =
                ORDERS.scenario()
                        .triggeredBy(orderPlaced("o-1"))
                        .expectCommand("order", "io.clew.order.CreateOrder");

        assertThatThrownBy(() -> scenario.saying(new CreateOrder("o-1", "c-8")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("\"c-8\"")
                .hasMessageContaining("\"c-7\"");
        assertThatThrownBy(() -> scenario.triggeredBy(new ConfirmOrder("o-1")))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Expected io.clew.order.OrderPlaced but got io.clew.order.ConfirmOrder");
    }

    @Test
    void shouldShowEveryFaultOfADefinition() {
        assertThatThrownBy(
                        () ->
                                TestedSaga.of(
                                        Sagas.named("empty").version(1).source(),
                                        KnownSchemas.of(List.of())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("startedBy")
                .hasMessageContaining("steps");
    }

    private static TestedSaga tracked() {
        return TestedSaga.of(
                Sagas.named("tracked")
                        .version(1)
                        .startedBy("order.events", OrderPlaced.class, "event.orderId")
                        .steps(
                                await("paid")
                                        .event(
                                                "payment.events",
                                                PaymentCharged.class,
                                                "received.orderId"),
                                await("confirmed")
                                        .signal(ConfirmOrder.class)
                                        .timeout(Duration.ofDays(1)),
                                step("createOrder")
                                        .participant("order")
                                        .kind(StepKind.RETRIABLE)
                                        .action(
                                                command(CreateOrder.class)
                                                        .with("orderId", "event.orderId")
                                                        .with(
                                                                "customerId",
                                                                "steps.paid.paymentId")))
                        .source(),
                KnownSchemas.of(
                        List.of(
                                OrderPlaced.getClassSchema(),
                                PaymentCharged.getClassSchema(),
                                ConfirmOrder.getClassSchema(),
                                CreateOrder.getClassSchema())));
    }

    private static PaymentCharged charged(String orderId) {
        return PaymentCharged.newBuilder()
                .setPaymentId("p-1")
                .setOrderId(orderId)
                .setAmount(new BigDecimal("19.90"))
                .setCurrency(io.clew.payment.Currency.EUR)
                .setChargedAt(Instant.EPOCH)
                .build();
    }

    @Test
    void shouldBringEventsAndSignals() {
        tracked()
                .scenario()
                .publishes("payment.events", charged("o-1"))
                .triggeredBy(orderPlaced("o-1"))
                .expectNoCommand()
                .signals("confirmed", new ConfirmOrder("o-1"))
                .expectCommand("order", "io.clew.order.CreateOrder")
                .saying(new CreateOrder("o-1", "p-1"))
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldRefuseEventsThatNobodyAwaits() {
        DefinitionScenario scenario = tracked().scenario().triggeredBy(orderPlaced("o-1"));

        assertThatThrownBy(() -> scenario.publishes("other.events", charged("o-1")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("an await of io.clew.payment.PaymentCharged on other.events");
        assertThatThrownBy(() -> scenario.publishes("payment.events", charged("o-2")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected an event for o-1 but got an event for o-2");
        assertThatThrownBy(() -> scenario.signals("paid", new ConfirmOrder("o-1")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("an await of a signal called paid");
    }
}
