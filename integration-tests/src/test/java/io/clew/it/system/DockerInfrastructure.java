package io.clew.it.system;

import io.clew.platform.Infrastructure;
import io.clew.platform.Ports;
import io.clew.platform.PostgresProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;

/** The same infrastructure in containers, each with one fixed port on 127.0.0.1. */
final class DockerInfrastructure {
    private static final String KAFKA = "apache/kafka:4.3.1";
    private static final String REGISTRY = "apicurio/apicurio-registry:3.3.3";
    private static final String POSTGRES = "postgres:18";
    private static final String INSIDE = "kafka:19092";

    private DockerInfrastructure() {}

    /** Containers that do not run yet. */
    static Infrastructure create() {
        Network network = Network.newNetwork();
        return new Infrastructure(kafka(network), registry(network), postgres());
    }

    private static DockerBroker kafka(Network network) {
        KafkaContainer container =
                new KafkaContainer(KAFKA)
                        .withNetwork(network)
                        .withListener(INSIDE)
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
                        // After a kill the broker may register again only when its session is over.
                        .withEnv("KAFKA_BROKER_SESSION_TIMEOUT_MS", "3000")
                        .withEnv("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "500")
                        .withEnv(
                                "KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS",
                                "1000")
                        .withStartupTimeout(ContainerPart.READY_LIMIT);
        return new DockerBroker(container, publish(container, 9092));
    }

    private static DockerRegistry registry(Network network) {
        GenericContainer<?> container =
                new GenericContainer<>(REGISTRY)
                        .withNetwork(network)
                        .withExposedPorts(8080)
                        .withEnv("APICURIO_STORAGE_KIND", "kafkasql")
                        .withEnv("APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", INSIDE)
                        .withStartupTimeout(ContainerPart.READY_LIMIT);
        return new DockerRegistry(container, publish(container, 8080));
    }

    private static DockerPostgres postgres() {
        Map<String, String> passwords = new HashMap<>();
        passwords.put(DockerPostgres.ADMINISTRATOR, UUID.randomUUID().toString());
        PostgresProcess.ROLES.forEach(role -> passwords.put(role, UUID.randomUUID().toString()));
        GenericContainer<?> container =
                new GenericContainer<>(POSTGRES)
                        .withExposedPorts(5432)
                        .withEnv("POSTGRES_PASSWORD", passwords.get(DockerPostgres.ADMINISTRATOR))
                        .withCommand("postgres", "-c", "max_connections=120")
                        .withStartupTimeout(ContainerPart.READY_LIMIT);
        return new DockerPostgres(container, publish(container, 5432), passwords);
    }

    /** A port fixed beforehand: clients find the container again after it was started again. */
    private static int publish(GenericContainer<?> container, int inside) {
        int port = Ports.free();
        container.setPortBindings(List.of("127.0.0.1:%d:%d".formatted(port, inside)));
        return port;
    }
}
