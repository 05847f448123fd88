package io.clew.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.platform.Infrastructure;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;

/** A Kafka broker in a container. */
record DockerBroker(KafkaContainer container, int port)
        implements ContainerPart, Infrastructure.Broker {

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void probe() {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers", bootstrapServers(),
                        "default.api.timeout.ms", 5_000,
                        "request.timeout.ms", 5_000);
        try (Admin admin = Admin.create(config)) {
            assertThat(admin.describeCluster().nodes().get()).isNotEmpty();
        } catch (ExecutionException notYet) {
            throw new AssertionError(notYet.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
