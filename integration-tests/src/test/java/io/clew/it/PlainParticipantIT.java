package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.ClewSystem;
import io.clew.it.system.PlacedOrder;
import org.junit.jupiter.api.Test;

/** The wire contract is enough to be a participant. */
class PlainParticipantIT {
    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldShipTheOrderWhenAPlainClientPlaysShipping() {
        // given
        PlacedOrder order = PlacedOrder.good();
        clew.service("shipping").stop();
        try (PlainShipper shipper = new PlainShipper(clew.bootstrap())) {

            // when
            clew.orders().post("/orders", order.json());

            // then
            clew.sagas().awaitPhase(order.sagaId(), "COMPLETED");
            assertThat(shipper.booked()).containsEntry(order.id(), "Berlin");
        } finally {
            clew.service("shipping").start();
        }
    }
}
