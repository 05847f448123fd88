package io.clew.coordinator.definitions;

import io.clew.language.TriggerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;

/**
 * Says which versions take new sagas: checks the wish, appends it to the definitions topic, and
 * reads back what became of it.
 */
public final class RolloutPublisher {
    private static final Duration READ_BACK = Duration.ofSeconds(10);

    private final RolloutLog log;
    private final AppliedDefinitions catalog;

    public RolloutPublisher(RolloutLog log, AppliedDefinitions catalog) {
        this.log = log;
        this.catalog = catalog;
    }

    /** Makes it like this; one that is like this already changes nothing. */
    public RolloutResult put(String name, Rollout.Wish wish) {
        if (!catalog.caughtUp()) {
            return new RolloutResult.Unavailable(
                    "the definitions applied so far are still being read"
                            + catalog.problem().map(it -> ": " + it).orElse(""));
        }
        if (!catalog.names().contains(name)) {
            return new RolloutResult.Unknown();
        }
        Rollout before = catalog.rollout(name);
        if (before.knows(wish.change().operationId())) {
            return new RolloutResult.Stands(before);
        }
        if (wish.basedOn().filter(it -> it != before.revision()).isPresent()) {
            return new RolloutResult.Overtaken(before);
        }
        if (before.fulfils(wish)) {
            return new RolloutResult.Stands(before);
        }
        List<String> faults = faults(name, wish);
        if (!faults.isEmpty()) {
            return new RolloutResult.Refused(faults);
        }
        try {
            return append(name, wish);
        } catch (KafkaException away) {
            return new RolloutResult.Unavailable(String.valueOf(away.getMessage()));
        }
    }

    private RolloutResult append(String name, Rollout.Wish wish) {
        long offset = log.append(DefinitionCodec.record(name, wish));
        if (!catalog.awaitRead(offset, READ_BACK)) {
            return new RolloutResult.Unavailable(
                    "the rollout was written at offset "
                            + offset
                            + " but could not be read back; put it again to see what became of it");
        }
        Rollout after = catalog.rollout(name);
        return after.knows(wish.change().operationId())
                ? new RolloutResult.Stands(after)
                : new RolloutResult.Overtaken(after);
    }

    private List<String> faults(String name, Rollout.Wish wish) {
        List<String> faults = new ArrayList<>();
        wish.active().ifPresent(it -> opening("active", name, it, wish.retired(), faults));
        wish.candidate()
                .map(Candidate::version)
                .ifPresent(it -> opening("candidate", name, it, wish.retired(), faults));
        for (int version : new TreeSet<>(wish.retired())) {
            if (catalog.taken(name, version).isEmpty()) {
                faults.add("retired: " + notApplied(name, version));
            }
        }
        if (wish.active().isEmpty()) {
            stop(name, wish, faults);
        } else if (faults.isEmpty()) {
            change(name, wish.active().get(), faults);
            wish.candidate().ifPresent(it -> trial(name, wish.active().get(), it, faults));
        }
        return faults;
    }

    /** A version that is to take new sagas. */
    private void opening(
            String place, String name, int version, Set<Integer> retired, List<String> faults) {
        if (retired.contains(version)) {
            faults.add(
                    place
                            + ": version "
                            + version
                            + " is to be retired, too; take it out of 'retired', or name another");
        } else if (catalog.taken(name, version).isEmpty()) {
            faults.add(place + ": " + notApplied(name, version));
        } else if (catalog.get(name, version).isEmpty()) {
            faults.add(
                    place
                            + ": version "
                            + version
                            + " cannot run on this release, as the health says; name another");
        }
    }

    private static String notApplied(String name, int version) {
        return "version "
                + version
                + " is not applied; PUT it under /definitions/"
                + name
                + "/versions/"
                + version
                + ", or name another";
    }

    private void stop(String name, Rollout.Wish wish, List<String> faults) {
        List<Integer> open =
                catalog.versions(name).stream()
                        .map(it -> it.ref().version())
                        .filter(it -> !wish.retired().contains(it))
                        .sorted()
                        .toList();
        if (!open.isEmpty()) {
            faults.add(
                    "active: no version is named although "
                            + open
                            + " are not retired; name one, or retire all to stop new sagas");
        }
        if (wish.candidate().isPresent()) {
            faults.add("candidate: it is tried out beside an active version; name that, too");
        }
    }

    /**
     * Each instance hears of it at another event, and some of them twice: with another trigger one
     * event could start two sagas, or none.
     */
    private void change(String name, int active, List<String> faults) {
        Optional<Integer> present = catalog.rollout(name).active();
        if (present.isPresent() && !startAlike(name, present.get(), active)) {
            faults.add(
                    "active: version "
                            + active
                            + " has another topic, event or key in 'startedBy' than version "
                            + present.get()
                            + ", which is active; apply it as a new version: that says from which"
                            + " event on it is followed");
        }
    }

    /** What starts a saga must not depend on which of them takes it. */
    private void trial(String name, int active, Candidate candidate, List<String> faults) {
        if (candidate.version() == active) {
            faults.add("candidate: version " + active + " is active already; leave it out");
            return;
        }
        if (!startAlike(name, active, candidate.version())) {
            faults.add(
                    "candidate: version "
                            + candidate.version()
                            + " has another topic, event or key in 'startedBy' than version "
                            + active
                            + ", so that they cannot share what comes; apply it as a new version");
        }
    }

    /** Whether the same events start both, as far as both can run here. */
    private boolean startAlike(String name, int version, int other) {
        Optional<TriggerSpec> one = trigger(name, version);
        return trigger(name, other)
                .filter(it -> one.isPresent() && !one.get().startsAs(it))
                .isEmpty();
    }

    private Optional<TriggerSpec> trigger(String name, int version) {
        return catalog.get(name, version).map(it -> it.compiled().trigger());
    }
}
