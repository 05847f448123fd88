package io.clew.coordinator.wire;

import io.clew.avro.AvroFrame;
import io.clew.saga.Failure;
import io.clew.saga.Phase;
import io.clew.saga.Position;
import io.clew.saga.Rejection;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaId;
import io.clew.saga.Transition;
import io.clew.schema.SagaTransition;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/**
 * Reads {@code saga.events}.
 *
 * @param schemas schema by id; may block
 */
public record TransitionReader(IntFunction<Schema> schemas) {

    /**
     * One record of {@code saga.events}.
     *
     * @param transition what happened
     * @param definition name of the saga's definition
     * @param version its version
     * @param phase the saga's phase after it
     * @param failure why it compensates or did
     */
    public record Recorded(
            Transition transition,
            String definition,
            int version,
            Phase phase,
            Optional<Failure> failure) {}

    public Recorded read(byte[] frame) {
        Schema writer = schemas.apply(AvroFrame.schemaId(frame));
        SagaTransition avro =
                AvroFrame.decodeSpecific(AvroFrame.payload(frame), writer, SagaTransition.class);
        return new Recorded(
                transition(avro),
                avro.getDefinition(),
                avro.getVersion(),
                Phase.valueOf(avro.getPhase()),
                Optional.ofNullable(avro.getFailure())
                        .map(it -> new Failure(it.getCode(), it.getReason(), it.getStep())));
    }

    private static Transition transition(SagaTransition avro) {
        var cause = avro.getCause();
        List<SagaEvent> events =
                avro.getEvents().stream()
                        .map(
                                event ->
                                        EventReader.read(
                                                event, avro.getDefinition(), avro.getVersion()))
                        .toList();
        return new Transition(
                new SagaId(avro.getSagaId()),
                avro.getRun(),
                avro.getRevision(),
                avro.getTime(),
                new Position(cause.getTopicId(), cause.getPartition(), cause.getOffset()),
                cause.getKind(),
                events,
                Optional.ofNullable(avro.getRejection()).map(Rejection::valueOf));
    }
}
