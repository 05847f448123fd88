package io.clew.benchmark.load;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The floor's coordinator: one thread, reads no state, checks nothing, forgets everything. */
public final class FloorCoordinatorMain {

    private FloorCoordinatorMain() {}

    /** Takes the broker's address and the path of the file to write when ready. */
    public static void main(String[] args) {
        new Relay(args[0], FloorRecords.INBOX, FloorCoordinatorMain::advance).run(Path.of(args[1]));
    }

    private static void advance(
            ConsumerRecord<byte[], byte[]> input,
            Consumer<ProducerRecord<byte[], byte[]>> answers) {
        byte[] next = FloorRecords.next(input.value());
        var state = new byte[FloorRecords.STATE_BYTES];
        System.arraycopy(next, 0, state, 0, next.length);
        answers.accept(new ProducerRecord<>(FloorRecords.STATE, input.key(), state));
        byte kind = FloorRecords.kind(next);
        String topic =
                kind == FloorRecords.END
                        ? FloorRecords.EVENTS
                        : FloorRecords.commands(
                                kind > FloorRecords.UNDO ? kind - FloorRecords.UNDO : kind);
        answers.accept(new ProducerRecord<>(topic, input.key(), next));
    }
}
