package io.clew.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the outstanding command may stay silent.
 *
 * @param spec the command as its definition has it
 * @param seed its identity, for the jitter
 * @param giveUpAfter silence after which it is given up; none if it must get an outcome
 * @param deadline the saga's
 * @param before how far it had got
 */
record Waits(
        CommandSpec spec,
        String seed,
        Optional<Duration> giveUpAfter,
        Instant deadline,
        Delivery before) {

    static Waits of(SagaDefinition definition, SagaInstance saga, Outstanding command) {
        Execution execution = command.execution();
        Optional<Step> bounded = givenUp(definition, execution);
        return new Waits(
                definition.command(execution),
                Command.identity(saga.id(), saga.run(), execution),
                bounded.map(it -> it.giveUpAfter().orElse(definition.deadline())),
                saga.deadline(),
                command.delivery());
    }

    /** The step of an action that may be given up, since it can be taken back. */
    private static Optional<Step> givenUp(SagaDefinition definition, Execution execution) {
        return execution.direction() == Direction.ACTION
                ? Optional.of(definition.step(execution.path())).filter(Step::compensatable)
                : Optional.empty();
    }

    /** The delivery once this attempt has gone out at {@code now}. */
    Delivery.Sent sent(int attempt, Instant now) {
        Duration extra = attempt > 1 ? spec.retry().delay(attempt - 1, seed) : Duration.ZERO;
        Instant silenceAt = now.plus(spec.timeout()).plus(extra);
        Instant first = firstSentAt().orElse(now);
        // After an outage the first sending lies long ago in log time: the participant still gets
        // one full timeout before its step is given up.
        Optional<Instant> giveUpAt =
                giveUpAfter.map(
                        patience ->
                                earlier(
                                        Draft.later(first.plus(patience), now.plus(spec.timeout())),
                                        deadline));
        return new Delivery.Sent(first, silenceAt, giveUpAt);
    }

    /** The delivery after a sign of life at {@code now}: all silence starts anew. */
    Delivery.Sent progressed(Delivery.Sent sent, Instant now) {
        return new Delivery.Sent(
                sent.firstSentAt(),
                now.plus(spec.timeout()),
                giveUpAfter.map(patience -> earlier(now.plus(patience), deadline)));
    }

    /** The delivery after the {@code errors}-th error reply at {@code now}. */
    Delivery.BackingOff backingOff(Delivery.Sent sent, int errors, Instant now) {
        return new Delivery.BackingOff(
                sent.firstSentAt(), now.plus(spec.retry().delay(errors, seed)), sent.giveUpAt());
    }

    private Optional<Instant> firstSentAt() {
        return switch (before) {
            case Delivery.Awaited awaited -> Optional.of(awaited.firstSentAt());
            case Delivery.Paused paused -> paused.resumeTo().map(Delivery.Awaited::firstSentAt);
            case Delivery.Parked ignored -> Optional.empty();
            case Delivery.Stopped ignored -> Optional.empty();
        };
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
