package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.Intake;
import io.clew.language.TriggerSpec;
import io.clew.saga.Bytes;
import io.clew.saga.ChildSagas;
import io.clew.saga.MappingException;
import io.clew.saga.ParentCall;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaMachine;
import java.util.Map;
import java.util.Optional;

/**
 * Stamps a start with everything that could differ later.
 *
 * @param tokenKey id of the key new sagas make their tokens with, if tokens are used
 * @param maxEventBytes largest event that starts a saga: its rows and transitions carry it along
 */
public record Stamp(Optional<String> tokenKey, int maxEventBytes) {
    public static final int DEFAULT_MAX_EVENT_BYTES = 256 << 10;

    /**
     * The start of a saga.
     *
     * @throws io.clew.saga.NotYetException if a schema cannot be had at present
     * @throws MappingException if an expression cannot be evaluated
     * @throws IllegalArgumentException if the business key has no allowed length
     * @throws TooLargeException if the event is larger than sagas may carry
     */
    Routed.Start start(AppliedDefinition definition, Bytes event, Optional<String> traceparent) {
        bounded(event);
        TriggerSpec.Started started = definition.compiled().trigger().evaluate(event);
        SagaId saga = SagaId.of(definition.ref().name(), started.key());
        return new Routed.Start(
                saga, trigger(definition, event, started.index(), traceparent, Optional.empty()));
    }

    /** The same by the version that takes the saga, which its id decides. */
    Routed.Start start(Intake intake, Bytes event, Optional<String> traceparent) {
        Routed.Start start;
        try {
            start = start(intake.active(), event, traceparent);
        } catch (MappingException unreadable) {
            return meantForCandidate(intake, event, traceparent, unreadable);
        }
        return intake.candidateFor(start.saga())
                .map(it -> start(it, event, traceparent))
                .orElse(start);
    }

    /** What only the candidate can read may be meant for it: the key, read by it, says so. */
    private Routed.Start meantForCandidate(
            Intake intake, Bytes event, Optional<String> traceparent, MappingException unreadable) {
        Routed.Start tried =
                start(intake.candidate().orElseThrow(() -> unreadable), event, traceparent);
        if (intake.candidateFor(tried.saga()).isEmpty()) {
            throw unreadable;
        }
        return tried;
    }

    /** The start of a child: its key follows from the command that starts it. */
    Routed.Start child(
            AppliedDefinition definition,
            Bytes event,
            Optional<String> traceparent,
            ParentCall call) {
        bounded(event);
        TriggerSpec.Started started = definition.compiled().trigger().evaluate(event);
        SagaId saga = ChildSagas.id(definition.ref().name(), call.parent());
        return new Routed.Start(
                saga, trigger(definition, event, started.index(), traceparent, Optional.of(call)));
    }

    private SagaInput.Trigger trigger(
            AppliedDefinition definition,
            Bytes event,
            Map<String, String> index,
            Optional<String> traceparent,
            Optional<ParentCall> call) {
        return new SagaInput.Trigger(
                definition.ref(),
                SagaMachine.LOGIC_VERSION,
                event,
                index,
                tokenKey,
                traceparent,
                call);
    }

    private void bounded(Bytes event) {
        if (event.size() > maxEventBytes) {
            throw new TooLargeException(
                    "Expected an event of at most %d bytes but got %d; keep what is large elsewhere"
                                    .formatted(maxEventBytes, event.size())
                            + " and refer to it, or raise clew.limits.event-bytes");
        }
    }
}
