package io.clew.participant;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes a batch of commands all the way: handled, committed, every reply acknowledged by the
 * broker.
 *
 * <p>Whoever feeds it, a {@link ParticipantWorker} or a messaging framework, acknowledges the batch
 * after {@link #deliver} has returned and never before. While the database, the registry or Kafka
 * is away it does not return; it tries again until they are back or it is closed.
 */
public final class CommandDelivery implements BatchDelivery {
    private final CommandBatchHandler handler;
    private final RecordSender sender;
    private final Patience patience;
    private final ParticipantMonitor monitor;

    public CommandDelivery(Participant participant, Workplace workplace) {
        handler = new CommandBatchHandler(participant, workplace);
        sender =
                new RecordSender(
                        workplace.producer(),
                        new DeadLetters(workplace.settings().deadLetterTopic()));
        monitor = workplace.monitor();
        patience = new Patience("commands", workplace.settings().maxBackoff(), monitor);
    }

    @Override
    public void deliver(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        var start = System.nanoTime();
        patience.until(() -> sender.sendAll(handler.handle(records)));
        monitor.delivered(records.size(), Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void close() {
        patience.close();
    }
}
