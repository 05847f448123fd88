package io.clew.saga;

import static io.clew.saga.testkit.TestStep.step;

import io.clew.saga.testkit.TestSaga;
import io.clew.saga.testkit.TestStep;
import java.time.Duration;

/** The saga most scenarios tell: three steps that can be taken back and one that cannot fail. */
final class Orders {
    private Orders() {}

    static SagaDefinition orderSaga() {
        return orderSaga(charge());
    }

    /** The order saga with another second step. */
    static SagaDefinition orderSaga(TestStep second) {
        return order().step(createOrder()).step(second).step(book()).step(confirm()).build();
    }

    static TestSaga order() {
        return TestSaga.saga("order").deadline(Duration.ofMinutes(30));
    }

    static TestStep createOrder() {
        return step("createOrder", "order", "CreateOrder").compensation("CancelOrder");
    }

    static TestStep charge() {
        return step("chargePayment", "payment", "ChargePayment").compensation("RefundPayment");
    }

    static TestStep book() {
        return step("bookShipment", "shipping", "BookShipment").compensation("CancelShipment");
    }

    static TestStep confirm() {
        return step("confirmOrder", "order", "ConfirmOrder").retriable();
    }
}
