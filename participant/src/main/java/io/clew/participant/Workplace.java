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
        ParticipantMonitor monitor) {}
