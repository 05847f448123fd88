package io.clew.coordinator.definitions;

import io.clew.avro.AvroFrame;
import io.clew.avro.RegistryClient;
import io.clew.language.CompiledDefinition;
import io.clew.schema.DefinitionRecord;
import io.clew.schema.PinnedSchema;
import io.clew.schema.RolloutCandidate;
import io.clew.schema.RolloutRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/** Definition records to and from the bytes on their topic. */
final class DefinitionCodec {

    private final RegistryClient registry;
    private final String topic;

    DefinitionCodec(RegistryClient registry, String topic) {
        this.registry = registry;
        this.topic = topic;
    }

    /** What a record of the topic says. */
    sealed interface Read {

        /** A version is applied. */
        record Definition(DefinitionRecord definition) implements Read {}

        /** Other versions are to take new sagas. */
        record Rollout(RolloutRecord rollout) implements Read {}
    }

    static byte[] key(DefinitionRecord definition) {
        return (definition.getName() + ":" + definition.getVersion())
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] key(RolloutRecord rollout) {
        return rollout.getName().getBytes(StandardCharsets.UTF_8);
    }

    /** May wait for the registry. */
    byte[] encode(SpecificRecord record) {
        Schema schema = record.getSchema();
        int id = registry.register(topic + "-" + schema.getFullName(), schema);
        return AvroFrame.encode(id, schema, record);
    }

    /** May wait for the registry. */
    Read decode(byte[] value) {
        Schema writer = registry.schemaById(AvroFrame.schemaId(value));
        if (!writer.getFullName().equals(RolloutRecord.getClassSchema().getFullName())) {
            return new Read.Definition(
                    AvroFrame.decodeSpecific(
                            AvroFrame.payload(value), writer, DefinitionRecord.class));
        }
        return new Read.Rollout(
                AvroFrame.decodeSpecific(AvroFrame.payload(value), writer, RolloutRecord.class));
    }

    static RolloutRecord record(String name, Rollout.Wish wish) {
        Rollout.Change change = wish.change();
        return RolloutRecord.newBuilder()
                .setName(name)
                .setActive(wish.active().orElse(null))
                .setCandidate(
                        wish.candidate()
                                .map(it -> new RolloutCandidate(it.version(), it.percent()))
                                .orElse(null))
                .setRetired(wish.retired().stream().sorted().toList())
                .setOperationId(change.operationId())
                .setBasedOn(wish.basedOn().orElse(null))
                .setChangedAt(change.at())
                .setChangedBy(change.by())
                .setReason(change.reason())
                .build();
    }

    /**
     * Reads {@link #record(String, Rollout.Wish)}.
     *
     * @throws IllegalArgumentException if nothing can be like that
     */
    static Rollout.Wish wish(RolloutRecord rollout) {
        return new Rollout.Wish(
                Optional.ofNullable(rollout.getActive()),
                Optional.ofNullable(rollout.getCandidate())
                        .map(it -> new Candidate(it.getVersion(), it.getPercent())),
                Set.copyOf(rollout.getRetired()),
                Optional.ofNullable(rollout.getBasedOn()),
                new Rollout.Change(
                        rollout.getOperationId(),
                        rollout.getChangedAt(),
                        rollout.getChangedBy(),
                        rollout.getReason()));
    }

    /** Where a definition begins to listen. */
    record Starts(Map<Integer, Long> trigger, Map<TopicPartition, Long> awaits) {}

    private static String text(TopicPartition partition) {
        return partition.topic() + "/" + partition.partition();
    }

    private static TopicPartition partition(String text) {
        int slash = text.lastIndexOf('/');
        return new TopicPartition(
                text.substring(0, slash), Integer.parseInt(text, slash + 1, text.length(), 10));
    }

    static DefinitionRecord record(
            CompiledDefinition compiled,
            Starts starts,
            Instant appliedAt,
            DefinitionPublisher.Put put) {
        return DefinitionRecord.newBuilder()
                .setName(compiled.definition().ref().name())
                .setVersion(compiled.definition().ref().version())
                .setSha256(compiled.definition().ref().sha256())
                .setCanonical(compiled.canonical())
                .setSource(put.source())
                .setAppliedAt(appliedAt)
                .setAppliedBy(put.actor().orElse(null))
                .setActivate(put.activate())
                .setSchemas(
                        compiled.schemas().stream()
                                .map(
                                        it ->
                                                new PinnedSchema(
                                                        it.subject(),
                                                        it.id(),
                                                        it.schema().toString()))
                                .toList())
                .setStartOffsets(
                        starts.trigger().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                entry -> String.valueOf(entry.getKey()),
                                                Map.Entry::getValue)))
                .setAwaitOffsets(
                        starts.awaits().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                entry -> text(entry.getKey()),
                                                Map.Entry::getValue)))
                .build();
    }

    static AppliedDefinition applied(
            DefinitionRecord definition, long offset, DefinitionLanguage language) {
        List<io.clew.language.PinnedSchema> schemas =
                definition.getSchemas().stream()
                        .map(
                                it ->
                                        new io.clew.language.PinnedSchema(
                                                it.getSubject(),
                                                it.getId(),
                                                new Schema.Parser().parse(it.getSchema$())))
                        .toList();
        CompiledDefinition compiled = language.recompile(definition.getCanonical(), schemas);
        Map<Integer, Long> starts =
                definition.getStartOffsets().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> Integer.valueOf(entry.getKey()),
                                        Map.Entry::getValue));
        return new AppliedDefinition(
                compiled.definition().ref(),
                offset,
                definition.getAppliedAt(),
                Optional.ofNullable(definition.getAppliedBy()),
                definition.getSource(),
                starts,
                definition.getAwaitOffsets().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> partition(entry.getKey()), Map.Entry::getValue)),
                compiled);
    }
}
