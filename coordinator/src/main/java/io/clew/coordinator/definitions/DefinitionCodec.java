package io.clew.coordinator.definitions;

import io.clew.avro.AvroFrame;
import io.clew.avro.RegistryClient;
import io.clew.language.CompiledDefinition;
import io.clew.schema.DefinitionRecord;
import io.clew.schema.PinnedSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.common.TopicPartition;

/** Definition records to and from the bytes on their topic. */
final class DefinitionCodec {

    private final RegistryClient registry;
    private final String subject;

    DefinitionCodec(RegistryClient registry, String topic) {
        this.registry = registry;
        this.subject = topic + "-" + DefinitionRecord.getClassSchema().getFullName();
    }

    byte[] key(DefinitionRecord definition) {
        return (definition.getName() + ":" + definition.getVersion())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** May wait for the registry. */
    byte[] encode(DefinitionRecord definition) {
        int id = registry.register(subject, DefinitionRecord.getClassSchema());
        return AvroFrame.encode(id, DefinitionRecord.getClassSchema(), definition);
    }

    /** May wait for the registry. */
    DefinitionRecord decode(byte[] value) {
        return AvroFrame.decodeSpecific(
                AvroFrame.payload(value),
                registry.schemaById(AvroFrame.schemaId(value)),
                DefinitionRecord.class);
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
            String source,
            Instant appliedAt,
            Optional<String> appliedBy) {
        return DefinitionRecord.newBuilder()
                .setName(compiled.definition().ref().name())
                .setVersion(compiled.definition().ref().version())
                .setSha256(compiled.definition().ref().sha256())
                .setCanonical(compiled.canonical())
                .setSource(source)
                .setAppliedAt(appliedAt)
                .setAppliedBy(appliedBy.orElse(null))
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
