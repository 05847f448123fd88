package io.clew.coordinator;

import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.coordinator.engine.ClientSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Clients of broker and registry. Those of the broker are made when they are first used, and again
 * as long as that fails: the coordinator starts before its broker has a name.
 */
final class KafkaWiring {

    @Produces
    @Singleton
    ClientSettings clients(
            CoordinatorConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092")
                    String bootstrapServers) {
        Map<String, Object> clients = new HashMap<>(config.kafka());
        clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return new ClientSettings(clients);
    }

    @Produces
    @Singleton
    RegistryClient registry(
            @ConfigProperty(
                            name = "schema.registry.url",
                            defaultValue = "http://127.0.0.1:8081/apis/ccompat/v7")
                    String url) {
        // Few retries: whoever asks waits for the answer, and asks again.
        return new RegistryClient(
                RegistryConfig.of(url)
                        .withRetries(1, Duration.ofMillis(200))
                        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5)));
    }

    void close(@Disposes RegistryClient registry) {
        registry.close();
    }

    @Produces
    @ApplicationScoped
    Admin admin(ClientSettings clients) {
        Map<String, Object> config = new HashMap<>(clients.all());
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, "clew-admin");
        return Admin.create(config);
    }

    void close(@Disposes Admin admin) {
        admin.close(Duration.ofSeconds(2));
    }

    @Produces
    @ApplicationScoped
    Producer<byte[], byte[]> producer(ClientSettings clients) {
        Map<String, Object> config = clients.producers();
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "clew-inbox");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // These hang together: whoever waits for an acknowledgement waits longer than it can take.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void close(@Disposes Producer<byte[], byte[]> producer) {
        producer.close(Duration.ofSeconds(2));
    }
}
