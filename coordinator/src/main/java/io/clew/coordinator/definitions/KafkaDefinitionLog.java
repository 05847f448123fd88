package io.clew.coordinator.definitions;

import io.clew.avro.RegistryClient;
import io.clew.schema.DefinitionRecord;
import io.clew.schema.RolloutRecord;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** The topic of definitions on a real broker. */
public final class KafkaDefinitionLog implements DefinitionLog, RolloutLog {

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final DefinitionCodec codec;

    public KafkaDefinitionLog(
            Producer<byte[], byte[]> producer, String topic, RegistryClient registry) {
        this.producer = producer;
        this.topic = topic;
        this.codec = new DefinitionCodec(registry, topic);
    }

    @Override
    public long append(DefinitionRecord definition) {
        return append(DefinitionCodec.key(definition), codec.encode(definition));
    }

    @Override
    public long append(RolloutRecord rollout) {
        return append(DefinitionCodec.key(rollout), codec.encode(rollout));
    }

    private long append(byte[] key, byte[] value) {
        try {
            // One partition: the order of its offsets decides who wins.
            return producer.send(new ProducerRecord<>(topic, 0, key, value)).get().offset();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing a definition", stop);
        }
    }
}
