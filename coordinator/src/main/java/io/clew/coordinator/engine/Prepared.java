package io.clew.coordinator.engine;

import io.clew.coordinator.wire.OutRecord;
import io.clew.saga.Batch;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A batch with every byte of it encoded and checked. */
record Prepared(Batch batch, List<Put> puts, List<Out> outs) {

    /** One write to the store; no value deletes the row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Put(Bytes key, byte @Nullable [] value) {}

    /** One record to one sink. */
    record Out(String sink, OutRecord record) {}
}
