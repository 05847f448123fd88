package io.clew.coordinator.wire;

import io.clew.schema.SagaFailure;
import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionCause;
import io.clew.schema.TransitionEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a {@code SagaTransition}, field by field: one is written for every input, and Avro's
 * own writer looks up each union at a quarter of the cost of a whole transition. The bytes are the
 * same; a test compares them.
 *
 * <p>For one thread: it keeps its buffer.
 */
final class TransitionEncoder {
    private static final byte MAGIC = 0;

    private final AvroOut out = new AvroOut();

    byte[] frame(int schemaId, SagaTransition transition) {
        out.begin();
        out.raw(MAGIC);
        out.fixed(schemaId);
        write(transition);
        return out.done();
    }

    private void write(SagaTransition transition) {
        out.text(transition.getSagaId());
        out.number(transition.getRun());
        out.text(transition.getDefinition());
        out.number(transition.getVersion());
        out.text(transition.getBusinessKey());
        out.number(transition.getRevision());
        out.text(transition.getPhase());
        out.instant(transition.getTime());
        write(transition.getCause());
        out.optional(transition.getRejection());
        write(transition.getFailure());
        List<TransitionEvent> events = transition.getEvents();
        if (!events.isEmpty()) {
            out.number(events.size());
            for (TransitionEvent event : events) {
                write(event);
            }
        }
        out.number(0);
    }

    private void write(@Nullable SagaFailure failure) {
        if (failure == null) {
            out.none();
            return;
        }
        out.some();
        out.text(failure.getCode());
        out.text(failure.getReason());
        out.text(failure.getStep());
    }

    private void write(TransitionCause cause) {
        out.text(cause.getTopic());
        out.text(cause.getTopicId());
        out.number(cause.getPartition());
        out.number(cause.getOffset());
        out.text(cause.getKind());
    }

    private void write(TransitionEvent event) {
        out.text(event.getType());
        out.optional(event.getStep());
        out.optional(event.getDirection());
        out.optional(event.getExecution());
        out.optional(event.getCompensates());
        out.optional(event.getAttempt());
        out.optional(event.getErrors());
        out.optional(event.getParticipant());
        out.optional(event.getTopic());
        out.optional(event.getCommand());
        out.optional(event.getCompensatable());
        out.optional(event.getPayload());
        out.optional(event.getCode());
        out.optional(event.getReason());
        out.optional(event.getFailedStep());
        out.optional(event.getAt());
        out.optional(event.getUntil());
        out.optional(event.getGiveUpAt());
        out.optional(event.getDeadline());
        out.optional(event.getDelivery());
        out.optional(event.getParkReason());
        out.optional(event.getWaitsFor());
        out.optional(event.getChannel());
        out.optional(event.getArrivalId());
        out.optional(event.getNumber());
        out.optional(event.getReach());
        out.optional(event.getOperationId());
        out.optional(event.getWord());
        out.optional(event.getActor());
        out.optional(event.getByHand());
        out.optional(event.getContentHash());
        out.optional(event.getLogicVersion());
        index(event.getIndex());
        out.optional(event.getTokenKey());
        out.optional(event.getTraceparent());
        out.optional(event.getParent());
        out.optional(event.getParentTokenKey());
        out.optional(event.getTakesBackEvent());
    }

    /** In the order of the keys, like every map Clew writes. */
    private void index(@Nullable Map<String, String> index) {
        if (index == null) {
            out.none();
            return;
        }
        out.some();
        if (!index.isEmpty()) {
            out.number(index.size());
            for (Map.Entry<String, String> entry : new TreeMap<>(index).entrySet()) {
                out.text(entry.getKey());
                out.text(entry.getValue());
            }
        }
        out.number(0);
    }
}
