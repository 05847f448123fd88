package io.clew.participant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A plain loop for participants without a messaging framework: reads a topic batch by batch and
 * acknowledges each once it is delivered. One batch is under way at a time; while it takes long,
 * the consumer stays in its group with its partitions paused.
 */
public final class ParticipantWorker implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(ParticipantWorker.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private final String topic;
    private final Map<String, Object> config;
    private final BatchDelivery delivery;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService deliverer = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread;

    private ParticipantWorker(
            String topic, IsolationLevel isolation, Map<String, ?> config, BatchDelivery delivery) {
        this.topic = topic;
        this.config = new HashMap<>(config);
        this.config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.config.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation.toString().toLowerCase(Locale.ROOT));
        this.delivery = delivery;
        this.thread = Thread.ofPlatform().name("clew-" + topic).start(this::run);
    }

    /** Starts handling commands; they are read uncommitted, which their replay makes safe. */
    public static ParticipantWorker ofCommands(
            Participant participant, Map<String, ?> config, CommandDelivery delivery) {
        return new ParticipantWorker(
                participant.commandTopic(), IsolationLevel.READ_UNCOMMITTED, config, delivery);
    }

    /** Starts learning from {@code saga.events} which sagas have ended. */
    public static ParticipantWorker ofSagaEvents(Map<String, ?> config, EndedSagas delivery) {
        return new ParticipantWorker(
                "saga.events", IsolationLevel.READ_COMMITTED, config, delivery);
    }

    /** Finishes the batch under way, acknowledges it and leaves the group. */
    @Override
    public void close() {
        closing.countDown();
        delivery.close();
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                LOGGER.log(Level.WARNING, "Expected the loop on {0} to end but it hangs", topic);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deliverer.shutdownNow();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!isClosing()) {
            try (Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(
                            config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                var batches = new Batches(consumer);
                consumer.subscribe(List.of(topic), batches);
                while (!isClosing()) {
                    batches.next();
                }
            } catch (KafkaException e) {
                LOGGER.log(Level.ERROR, "Expected to read " + topic + " but could not", e);
                pause();
            } catch (InterruptedException e) {
                LOGGER.log(Level.DEBUG, "The loop on {0} was closed while it waited", topic);
                return;
            }
        }
    }

    private void pause() {
        try {
            if (closing.await(RESTART_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.log(Level.DEBUG, "Closed before {0} could be read again", topic);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One consumer's batches, and its partitions while one is under way. */
    private final class Batches implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private boolean isUnderWay;

        private Batches(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        private void next() throws InterruptedException {
            var records = consumer.poll(POLL);
            if (records.isEmpty()) {
                return;
            }
            var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            records.forEach(batch::add);
            var work =
                    deliverer.submit(
                            () -> {
                                delivery.deliver(batch);
                                return batch.size();
                            });
            isUnderWay = true;
            while (!isDone(work)) {
                consumer.pause(consumer.assignment());
                consumer.poll(Duration.ZERO);
            }
            isUnderWay = false;
            consumer.resume(consumer.paused());
            acknowledge(records);
        }

        private static boolean isDone(Future<Integer> work) throws InterruptedException {
            try {
                return work.get(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS) > 0;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw new KafkaException("Expected a batch to be delivered but it was not", e);
            }
        }

        /** What has meanwhile gone to another worker is not ours to acknowledge. */
        private void acknowledge(ConsumerRecords<byte[], byte[]> records) {
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>(records.nextOffsets());
            offsets.keySet().retainAll(consumer.assignment());
            try {
                consumer.commitSync(offsets);
            } catch (KafkaException e) {
                LOGGER.log(
                        Level.WARNING,
                        "Offsets of {0} not committed, its commands will come again: {1}",
                        topic,
                        e.getMessage());
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (isUnderWay) {
                consumer.pause(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            LOGGER.log(Level.DEBUG, "Partitions revoked: {0}", partitions);
        }
    }
}
