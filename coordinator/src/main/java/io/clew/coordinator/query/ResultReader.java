package io.clew.coordinator.query;

import io.clew.avro.AvroFrame;
import io.clew.avro.BadFrameException;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.language.PinnedSchema;
import io.clew.saga.Bytes;
import io.clew.saga.SagaInstance;
import java.util.Optional;

/**
 * Reads what sagas have come to, with the schemas their definitions are pinned to: no registry is
 * asked.
 *
 * @param definitions what is applied, as far as this instance has seen it
 */
public record ResultReader(AppliedDefinitions definitions) {

    /** What has come of it; empty if nothing has yet, or its definition is not here. */
    Optional<SagaStatus.ResultView> of(SagaInstance saga) {
        return saga.result()
                .flatMap(
                        it ->
                                definitions
                                        .applied(saga.definition())
                                        .flatMap(definition -> read(definition, it)));
    }

    private static Optional<SagaStatus.ResultView> read(AppliedDefinition definition, Bytes bytes) {
        byte[] frame = bytes.array();
        int id = AvroFrame.schemaId(frame);
        return definition.compiled().schemas().stream()
                .filter(it -> it.id() == id)
                .findFirst()
                .map(it -> view(it, frame));
    }

    /**
     * @throws BadFrameException if it is not what the definition has made
     */
    private static SagaStatus.ResultView view(PinnedSchema written, byte[] frame) {
        return new SagaStatus.ResultView(
                written.schema().getFullName(),
                PlainJson.of(AvroFrame.decodeGeneric(AvroFrame.payload(frame), written.schema())));
    }
}
