package io.clew.coordinator.engine;

import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts records into the inbox outside of any transaction. */
@FunctionalInterface
interface InboxSender {
    /**
     * Returns at once.
     *
     * @param acknowledged given the broker's append time once the record is there; on any thread,
     *     or never
     */
    void send(ProducerRecord<byte[], byte[]> record, LongConsumer acknowledged);
}
