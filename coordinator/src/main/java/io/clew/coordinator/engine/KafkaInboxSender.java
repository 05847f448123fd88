package io.clew.coordinator.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one idempotent, non-transactional producer of the engine. It sends on a thread of its own: a
 * producer may block while the broker is away, and stream threads must not. What cannot be sent is
 * dropped, and asked for again by whoever wanted it.
 */
final class KafkaInboxSender implements InboxSender, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaInboxSender.class);
    private static final int WAITING = 10_000;

    private final Producer<byte[], byte[]> producer;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING),
                    task -> {
                        Thread thread = new Thread(task, "clew-inbox-sender");
                        thread.setDaemon(true);
                        return thread;
                    });

    KafkaInboxSender(EngineSettings settings) {
        Map<String, Object> config = new ClientSettings(settings.overrides()).producers();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, settings.applicationId() + "-inbox");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        this.producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record, Acknowledged acknowledged) {
        try {
            thread.execute(() -> sendNow(record, acknowledged));
        } catch (RejectedExecutionException full) {
            LOGGER.debug("Expected to send to the inbox but too much waits already");
        }
    }

    private void sendNow(ProducerRecord<byte[], byte[]> record, Acknowledged acknowledged) {
        try {
            var unused =
                    producer.send(
                            record,
                            (metadata, failure) -> {
                                if (failure == null) {
                                    acknowledged.accept(
                                            metadata.offset(),
                                            metadata.timestamp(),
                                            System.currentTimeMillis());
                                } else {
                                    LOGGER.debug("Expected the inbox to take a record", failure);
                                }
                            });
        } catch (KafkaException away) {
            LOGGER.debug("Expected to send to the inbox", away);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}
