package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.platform.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker. */
class InboxLagTest {
    private static final String INBOX = "inbox";
    private static final String GROUP = "engine";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir private static Path directory;

    private final AtomicLong now = new AtomicLong();

    @Test
    void shouldTellWhatIsNotCommittedAndHowFastItIs() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory.resolve("kafka"));
                Admin admin = Admin.create(config(broker))) {
            // given
            admin.createTopics(List.of(new NewTopic(INBOX, 2, (short) 1))).all().get();
            write(broker, 0, 300);
            write(broker, 1, 40);
            InboxLag lag = new InboxLag(admin, GROUP, INBOX, now::get);

            // when
            commit(admin, 100, 40);
            InboxQueue.Seen before = look(lag);
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            commit(admin, 250, 40);
            InboxQueue.Seen after = look(lag);
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            write(broker, 1, 7);
            commit(admin, 250, 44);
            InboxQueue.Seen soon = look(lag);
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1500));
            InboxQueue.Seen later = look(lag);
            now.addAndGet(TimeUnit.SECONDS.toNanos(2));
            InboxQueue.Seen atLast = look(lag);

            // then
            assertThat(before.records()).isEqualTo(200);
            assertThat(before.perSecond()).isZero();
            assertThat(after.records()).isEqualTo(50);
            assertThat(after.perSecond()).isEqualTo(150);
            assertThat(soon.moving()).isEqualTo(53);
            assertThat(later.records()).isEqualTo(53);
            assertThat(later.moving()).as("the first has stood for 2.5 s").isEqualTo(3);
            assertThat(atLast.moving()).as("nothing moves").isEqualTo(53);
        }
    }

    private static InboxQueue.Seen look(InboxLag lag) {
        long before = lag.seen().number();
        lag.lookSoon();
        long until = System.nanoTime() + LIMIT.toNanos();
        while (lag.seen().number() == before && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(lag.seen().number()).isEqualTo(before + 1);
        return lag.seen();
    }

    private static void commit(Admin admin, long first, long second) throws Exception {
        admin.alterConsumerGroupOffsets(
                        GROUP,
                        Map.of(
                                new TopicPartition(INBOX, 0),
                                new OffsetAndMetadata(first),
                                new TopicPartition(INBOX, 1),
                                new OffsetAndMetadata(second)))
                .all()
                .get();
    }

    private static void write(KafkaBroker broker, int partition, int records) {
        try (var producer =
                new KafkaProducer<>(
                        config(broker), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                var unused =
                        producer.send(new ProducerRecord<>(INBOX, partition, null, new byte[1]));
            }
        }
    }

    private static Map<String, Object> config(KafkaBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
