package io.clew.benchmark.load;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A system under load, as the driver speaks to it. */
interface Target {

    /** The record that starts a saga. */
    ProducerRecord<byte[], byte[]> start(long saga, boolean refuse);

    /** The topic on which ends are seen. */
    String ends();

    /** What a record of that topic says. */
    End end(ConsumerRecord<byte[], byte[]> record);

    /**
     * The end of a saga of this window, if it is one.
     *
     * @param saga its number; negative if the record is no end, or none of this window
     * @param compensated whether it was taken back
     * @param runningMillis from its start on the inbox to its end, by log time, if known
     */
    record End(long saga, boolean compensated, long runningMillis) {

        static final End NONE = new End(-1, false, 0);
    }
}
