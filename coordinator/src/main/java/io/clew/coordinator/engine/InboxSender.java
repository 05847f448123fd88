package io.clew.coordinator.engine;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts records into the inbox outside of any transaction. */
@FunctionalInterface
interface InboxSender {
    /**
     * Returns at once.
     *
     * @param acknowledged told once the record is there; on any thread, or never
     */
    void send(ProducerRecord<byte[], byte[]> record, Acknowledged acknowledged);

    /** Hears that a record is in the inbox. */
    @FunctionalInterface
    interface Acknowledged {
        /**
         * @param offset where it stands in its partition
         * @param appendedAt the broker's append time
         * @param localNow the local clock when that was heard, not when a stream thread last looked
         */
        void accept(long offset, long appendedAt, long localNow);
    }
}
