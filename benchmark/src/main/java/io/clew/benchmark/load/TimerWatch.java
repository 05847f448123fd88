package io.clew.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;

/**
 * Reads the inbox and notes, for the first timer of each saga, how long after it was due it was
 * appended.
 */
public final class TimerWatch implements AutoCloseable {

    private static final String INBOX = "saga.inbox";
    private static final byte[] TIMER = "timer".getBytes(US_ASCII);
    private static final Duration POLL = Duration.ofMillis(100);

    private final SagaKey sagaIds;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final BitSet fired = new BitSet();
    private final Histogram lateMillis = new Histogram(3);
    private long early;
    private long again;

    /** Watches from now on. */
    public TimerWatch(String bootstrapServers, String definition, String prefix) {
        this.sagaIds = SagaKey.of(definition + ":" + prefix);
        this.consumer = Clients.reader(bootstrapServers, INBOX);
        this.thread = Thread.ofPlatform().name("timer-watch").start(this::read);
    }

    /**
     * What has been seen.
     *
     * @param sagas whose first timer has fired
     * @param early how many of those before they were due
     * @param again timers of sagas that had had one
     * @param lateMillis how late the first ones were
     */
    public record Seen(long sagas, long early, long again, Outcome.Latency lateMillis) {}

    /** What has been seen so far. */
    public synchronized Seen seen() {
        return new Seen(
                fired.cardinality(),
                early,
                again,
                new Outcome.Latency(
                        lateMillis.getValueAtPercentile(50),
                        lateMillis.getValueAtPercentile(95),
                        lateMillis.getValueAtPercentile(99),
                        lateMillis.getMaxValue()));
    }

    private void read() {
        try (consumer) {
            while (true) {
                note(consumer.poll(POLL));
            }
        } catch (WakeupException closed) {
            return;
        }
    }

    private synchronized void note(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Header kind = record.headers().lastHeader("ce_sagakind");
            if (kind != null && Arrays.equals(kind.value(), TIMER)) {
                note(record);
            }
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> timer) {
        long saga = sagaIds.saga(timer.key());
        if (saga < 0) {
            return;
        }
        if (fired.get((int) saga)) {
            again++;
            return;
        }
        fired.set((int) saga);
        Header due = timer.headers().lastHeader("ce_sagadueat");
        long late = timer.timestamp() - Long.parseLong(new String(due.value(), US_ASCII));
        early += late < 0 ? 1 : 0;
        lateMillis.recordValue(Math.max(0, late));
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
