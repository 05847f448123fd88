package io.clew.coordinator.definitions;

import io.clew.saga.SagaId;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who takes a new saga of a name.
 *
 * @param active takes all that the candidate does not
 * @param candidate the version that is tried out, if it can take this one
 * @param trial which of them it takes
 */
public record Intake(
        AppliedDefinition active,
        Optional<AppliedDefinition> candidate,
        Optional<Candidate> trial) {

    /** Whoever takes new sagas now; nobody if none of the versions is active. */
    static Optional<Intake> now(Collection<AppliedDefinition> versions, Rollout rollout) {
        return of(versions, rollout, it -> true);
    }

    /**
     * Whoever takes what an event starts. An event that the active version does not listen to yet
     * belongs to the one that was active before it and does, even if that is retired by now: it
     * would be lost otherwise.
     *
     * @param versions those that are started from the topic of the event
     * @param listens whether one of them takes events of this place of the topic
     */
    public static Optional<Intake> of(
            Collection<AppliedDefinition> versions,
            Rollout rollout,
            Predicate<AppliedDefinition> listens) {
        boolean closed =
                activated(versions, rollout)
                        .limit(1)
                        .anyMatch(it -> rollout.retired().contains(it.ref().version()));
        return activated(versions, rollout)
                .filter(it -> !closed && listens.test(it))
                .findFirst()
                .map(it -> beside(it, versions, rollout, listens));
    }

    /**
     * Whoever takes a child, which is the version that was active last even if all are retired: the
     * child may have been started before, and its parent must not take it for one that cannot be.
     */
    static Optional<Intake> ofChild(Collection<AppliedDefinition> versions, Rollout rollout) {
        return activated(versions, rollout)
                .findFirst()
                .map(it -> beside(it, versions, rollout, candidate -> true));
    }

    /** The last one first. */
    private static Stream<AppliedDefinition> activated(
            Collection<AppliedDefinition> versions, Rollout rollout) {
        return rollout.activated().stream().flatMap(it -> version(versions, it).stream());
    }

    private static Intake beside(
            AppliedDefinition taker,
            Collection<AppliedDefinition> versions,
            Rollout rollout,
            Predicate<AppliedDefinition> listens) {
        boolean tried = rollout.active().equals(Optional.of(taker.ref().version()));
        Optional<Candidate> trial = rollout.candidate().filter(it -> tried);
        return new Intake(
                taker, trial.flatMap(it -> version(versions, it.version())).filter(listens), trial);
    }

    private static Optional<AppliedDefinition> version(
            Collection<AppliedDefinition> versions, int version) {
        return versions.stream().filter(it -> it.ref().version() == version).findFirst();
    }

    /** The candidate, if it takes this saga. */
    public Optional<AppliedDefinition> candidateFor(SagaId saga) {
        return candidate.filter(it -> trial.filter(share -> share.takes(saga)).isPresent());
    }

    /** The version that takes this saga. */
    public AppliedDefinition taker(SagaId saga) {
        return candidateFor(saga).orElse(active);
    }
}
