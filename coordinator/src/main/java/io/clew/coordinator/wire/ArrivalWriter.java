package io.clew.coordinator.wire;

import io.clew.saga.Arrival;
import io.clew.saga.Bytes;
import io.clew.saga.Channel;
import io.clew.saga.Effect;
import io.clew.saga.SagaId;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes events that are awaited, and signals, for the inbox. */
public final class ArrivalWriter {
    private ArrivalWriter() {}

    public static ProducerRecord<byte[], byte[]> write(Inbox inbox, SagaId saga, Arrival arrival) {
        return new ProducerRecord<>(
                inbox.topic(),
                inbox.partitionOf(saga),
                Inbox.key(saga),
                arrival.value().array(),
                headers(arrival));
    }

    /** One that nothing has taken, as it stood on the inbox. */
    static OutRecord unclaimed(Effect.Unclaimed unclaimed, String topic, Instant now) {
        Headers headers = headers(unclaimed.arrival());
        WireHeaders.put(headers, WireHeaders.DLT_CAUSE, "UNCLAIMED");
        WireHeaders.put(headers, WireHeaders.DLT_REASON, unclaimed.reason());
        WireHeaders.put(headers, WireHeaders.DLT_TIME, now.toString());
        return new OutRecord(
                topic, Inbox.key(unclaimed.saga()), unclaimed.arrival().value().array(), headers);
    }

    private static Headers headers(Arrival arrival) {
        Headers headers = new RecordHeaders();
        switch (arrival.channel()) {
            case Channel.Topic topic -> {
                WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_EVENT);
                WireHeaders.put(headers, WireHeaders.FROM_TOPIC, topic.topic());
            }
            case Channel.Signal signal -> {
                WireHeaders.put(headers, WireHeaders.KIND, WireHeaders.KIND_SIGNAL);
                WireHeaders.put(headers, WireHeaders.SIGNAL, signal.name());
            }
        }
        WireHeaders.put(headers, WireHeaders.ID, arrival.id());
        WireHeaders.put(headers, WireHeaders.TYPE, arrival.type());
        return headers;
    }

    /** An event or a signal as its headers tell of it. */
    static Arrival read(HeaderReader headers, Bytes value) {
        boolean signal = headers.text(WireHeaders.KIND).equals(WireHeaders.KIND_SIGNAL);
        Channel channel =
                signal
                        ? new Channel.Signal(headers.text(WireHeaders.SIGNAL))
                        : new Channel.Topic(headers.text(WireHeaders.FROM_TOPIC));
        return new Arrival(
                headers.text(WireHeaders.ID), channel, headers.text(WireHeaders.TYPE), value);
    }
}
