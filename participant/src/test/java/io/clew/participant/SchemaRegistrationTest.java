package io.clew.participant;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.order.OrderPlaced;
import io.clew.payment.PaymentCharged;
import io.clew.platform.Ports;
import io.clew.platform.RegistryProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistrationTest {
    @TempDir private Path directory;

    @Test
    void shouldRegisterEverythingOnceTheRegistryIsThere() throws InterruptedException {
        // given
        var port = Ports.free();
        var url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
        var missed = new CountDownLatch(1);
        var back = new CountDownLatch(1);
        var monitor =
                new ParticipantMonitor() {
                    @Override
                    public void unavailable(String work, String cause) {
                        missed.countDown();
                    }

                    @Override
                    public void available(String work) {
                        back.countDown();
                    }
                };
        try (var registration =
                SchemaRegistration.with(Map.of("schema.registry.url", url))
                        .participant(Shop.payment().returns(PaymentCharged.class).build())
                        .event("order.events", OrderPlaced.class)
                        .monitor(monitor)
                        .start()) {
            assertThat(missed.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(registration.isDone()).isFalse();

            // when
            try (var registry = RegistryProcess.builder(directory).port(port).start();
                    var client = new RegistryClient(RegistryConfig.of(url))) {
                assertThat(back.await(60, TimeUnit.SECONDS)).isTrue();

                // then
                assertThat(registry.isAlive()).isTrue();
                Await.until(registration::isDone);
                assertThat(client.subjects())
                        .containsExactlyInAnyOrder(
                                "payment.commands-io.clew.payment.ChargePayment",
                                "payment.commands-io.clew.payment.RefundPayment",
                                "saga.inbox-io.clew.payment.PaymentCharged",
                                "order.events-io.clew.order.OrderPlaced");
            }
        }
    }
}
