package io.clew.saga;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Anything that may change an instance; each is one record of the inbox. */
public sealed interface SagaInput {

    /** The word for it in transitions, metrics and timelines. */
    default String kind() {
        return switch (this) {
            case Trigger ignored -> "trigger";
            case Reply ignored -> "reply";
            case TimerFired ignored -> "timer";
            case Arrived arrived ->
                    switch (arrived.arrival().channel()) {
                        case Channel.Topic topic -> "event";
                        case Channel.Signal signal -> "signal";
                    };
            case Intervention ignored -> "intervention";
            case TakeBack ignored -> "take-back";
            case ParentEnded ignored -> "parent-ended";
        };
    }

    /**
     * Starts a saga. The ingress has stamped it with all that could differ later.
     *
     * @param definition the definition it starts, content hash included
     * @param logicVersion which rules of the machine it follows for life
     * @param event the trigger as it stood on its topic
     * @param index attributes to find it by, evaluated from the trigger
     * @param tokenKey id of the key its command tokens are made with, if any
     * @param traceparent W3C trace context of the trigger, if any
     * @param call the command of another saga that starts this one as its child, if one does
     */
    record Trigger(
            DefinitionRef definition,
            int logicVersion,
            Bytes event,
            Map<String, String> index,
            Optional<String> tokenKey,
            Optional<String> traceparent,
            Optional<ParentCall> call)
            implements SagaInput {
        public Trigger {
            index = Collections.unmodifiableMap(new TreeMap<>(index));
        }
    }

    /**
     * A participant's answer, naming the command it answers.
     *
     * @param run run of the saga it means
     * @param path step path
     * @param direction action or compensation
     * @param execution number of the execution
     * @param attempt attempt that was answered
     * @param outcome what it says
     */
    record Reply(
            long run, String path, Direction direction, int execution, int attempt, Outcome outcome)
            implements SagaInput {

        /** Id of the command it answers, a command of this saga. */
        public String commandId(SagaId saga) {
            return Command.identity(saga, run, path, direction, execution) + "/" + attempt;
        }
    }

    /** An event that may be awaited, or a signal. */
    record Arrived(Arrival arrival) implements SagaInput {}

    /**
     * A timer row came due.
     *
     * @param dueAt the instant the row stood for
     */
    record TimerFired(Instant dueAt) implements SagaInput {}

    /**
     * A child's parent takes it back.
     *
     * @param parent who asks
     * @param number number of its compensation execution
     * @param attempt attempt of that
     */
    record TakeBack(Parent parent, int number, int attempt) implements SagaInput {}

    /**
     * A child's parent has ended: what the child has done is final.
     *
     * @param parent the step that had started it
     */
    record ParentEnded(Parent parent) implements SagaInput {}

    /**
     * An operator's input.
     *
     * @param operationId names it: a repeat changes nothing and gets the first answer
     * @param revision the revision the operator saw, if the operator insists on it
     * @param command the command the operator saw, by its id without the attempt, if the operator
     *     insists on it
     * @param actor who
     * @param note why
     * @param request what is asked for
     */
    record Intervention(
            String operationId,
            Optional<Long> revision,
            Optional<String> command,
            String actor,
            String note,
            InterventionRequest request)
            implements SagaInput {}
}
