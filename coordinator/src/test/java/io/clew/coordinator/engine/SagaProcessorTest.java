package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.Phase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SagaProcessorTest {
    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;

    @BeforeEach
    void open() {
        coordinator = new CoordinatorHarness(stateDir);
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    @Test
    void shouldCompleteWhenEveryStepSucceeds() {
        // when
        coordinator.receivesTrigger("o-1");
        coordinator.receivesReply(TestReply.succeeds(coordinator.command("order.commands")));
        coordinator.receivesReply(TestReply.succeeds(coordinator.command("payment.commands")));
        coordinator.receivesReply(TestReply.succeeds(coordinator.command("order.commands")));

        // then
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.COMPLETED);
        assertThat(coordinator.sent("order.commands"))
                .extracting(Sent::what)
                .containsExactly("createOrder/action", "confirmOrder/action");
        assertThat(coordinator.sent("payment.commands"))
                .extracting(Sent::what)
                .containsExactly("chargePayment/action");
        assertThat(coordinator.sent("saga.events")).hasSize(4);
        assertThat(coordinator.sent("saga.archive")).hasSize(1);
    }
}
