package io.clew.participant;

import org.apache.kafka.clients.producer.Producer;

/**
 * What the workers of a participant share.
 *
 * @param producer idempotent, never transactional: see {@link ReplyProducer}
 */
public record Workplace(
        Database database,
        Payloads payloads,
        Producer<byte[], byte[]> producer,
        ParticipantSettings settings,
        ParticipantMonitor monitor)
        implements AutoCloseable {

    /** Gives back what was opened for the workers; close them first. */
    @Override
    public void close() {
        producer.close();
        payloads.close();
    }
}
