package io.clew.participant;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes a batch of records so far that it may be acknowledged. */
public interface BatchDelivery extends AutoCloseable {

    /** Returns when the batch may be acknowledged; is interrupted when closed before that. */
    void deliver(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException;

    /** Ends waiting for what is away; a batch that is being worked on is finished. */
    @Override
    void close();
}
