package io.clew.coordinator.wire;

import io.clew.saga.Failure;
import io.clew.saga.Position;
import io.clew.saga.Transition;
import io.clew.schema.SagaFailure;
import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionCause;
import io.clew.schema.TransitionEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes transitions for {@code saga.events}: all of them, so that their fold is the instance. For
 * one thread.
 */
public final class TransitionWriter {
    private final int schemaId;
    private final String inbox;
    private final TransitionEncoder encoder = new TransitionEncoder();

    /**
     * @param schemaId id the schema of {@link SagaTransition} is registered under
     * @param inbox name of the inbox topic
     */
    public TransitionWriter(int schemaId, String inbox) {
        this.schemaId = schemaId;
        this.inbox = inbox;
    }

    public byte[] write(Transition transition, Standing standing) {
        return encoder.frame(schemaId, avro(transition, standing));
    }

    /** The transition as the schema has it. */
    SagaTransition avro(Transition transition, Standing standing) {
        SagaTransition avro = new SagaTransition();
        avro.setSagaId(transition.saga().value());
        avro.setRun(transition.run());
        avro.setDefinition(standing.definition().name());
        avro.setVersion(standing.definition().version());
        avro.setBusinessKey(transition.saga().businessKey());
        avro.setRevision(transition.revision());
        avro.setPhase(standing.phase().name());
        avro.setTime(transition.time());
        avro.setCause(cause(transition.cause(), transition.kind()));
        avro.setRejection(transition.rejection().map(Enum::name).orElse(null));
        avro.setFailure(standing.failure().map(TransitionWriter::failure).orElse(null));
        List<TransitionEvent> events = new ArrayList<>(transition.events().size());
        transition.events().forEach(event -> events.add(EventWriter.write(event)));
        avro.setEvents(events);
        return avro;
    }

    private TransitionCause cause(Position position, String kind) {
        TransitionCause cause = new TransitionCause();
        cause.setTopic(inbox);
        cause.setTopicId(position.topicId());
        cause.setPartition(position.partition());
        cause.setOffset(position.offset());
        cause.setKind(kind);
        return cause;
    }

    private static SagaFailure failure(Failure failure) {
        SagaFailure avro = new SagaFailure();
        avro.setCode(failure.code());
        avro.setReason(failure.reason());
        avro.setStep(failure.step());
        return avro;
    }
}
