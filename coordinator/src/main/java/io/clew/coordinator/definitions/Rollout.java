package io.clew.coordinator.definitions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which versions of a name take new sagas: a fold over what stands of the name on the definitions
 * topic, the same wherever it is read.
 *
 * @param revision offset of the record that made it what it is; -1 before the first
 * @param activated versions that are or were active, the last one first, each once
 * @param candidate tried out beside the active version
 * @param retired versions that take no new sagas
 * @param change the last request that changed it, if one did
 * @param operations ids of the last changes
 */
public record Rollout(
        long revision,
        List<Integer> activated,
        Optional<Candidate> candidate,
        Set<Integer> retired,
        Optional<Change> change,
        List<String> operations) {

    /** Before anything was applied. */
    public static final Rollout NONE =
            new Rollout(-1, List.of(), Optional.empty(), Set.of(), Optional.empty(), List.of());

    private static final int OPERATIONS_KEPT = 100;

    public Rollout {
        activated = List.copyOf(activated);
        retired = Collections.unmodifiableSet(new TreeSet<>(retired));
        operations = List.copyOf(operations);
    }

    /** Who changed it, when and why. */
    public record Change(String operationId, Instant at, String by, String reason) {}

    /**
     * A wish that it be like this.
     *
     * @param active the version that new sagas follow; empty if there are to be none
     * @param basedOn the revision it must still have
     */
    public record Wish(
            Optional<Integer> active,
            Optional<Candidate> candidate,
            Set<Integer> retired,
            Optional<Long> basedOn,
            Change change) {
        public Wish {
            retired = Set.copyOf(retired);
        }
    }

    /** The version that new sagas follow; none if the last one is retired. */
    public Optional<Integer> active() {
        return activated.stream().limit(1).filter(it -> !retired.contains(it)).findFirst();
    }

    /** Percent of the new sagas that follow a version. */
    public int share(int version) {
        int tried = candidate.map(Candidate::percent).orElse(0);
        if (candidate.filter(it -> it.version() == version).isPresent()) {
            return tried;
        }
        return active().filter(it -> it == version).isPresent() ? 100 - tried : 0;
    }

    /** Whether this change has been taken, not too long ago. */
    public boolean knows(String operationId) {
        return operations.contains(operationId);
    }

    /** Whether the wish asks for nothing else than what is. */
    boolean fulfils(Wish wish) {
        return active().equals(wish.active())
                && candidate.equals(wish.candidate())
                && retired.equals(wish.retired());
    }

    /** The same once a version stands at this offset that takes no new sagas yet. */
    Rollout standby(long offset) {
        return revision >= 0
                ? this
                : new Rollout(offset, activated, candidate, retired, change, operations);
    }

    /** The same once a version stands at this offset that is active if it is higher. */
    Rollout applied(int version, long offset) {
        if (!activated.isEmpty() && activated.get(0) > version) {
            return new Rollout(revision, behind(version), candidate, retired, change, operations);
        }
        return new Rollout(
                offset, first(version), Optional.empty(), retired, Optional.empty(), operations);
    }

    /** One that was never active counts as active before all lower ones. */
    private List<Integer> behind(int version) {
        List<Integer> all = new ArrayList<>(activated);
        int place = 1;
        while (place < all.size() && all.get(place) > version) {
            place++;
        }
        all.add(place, version);
        return all;
    }

    /** The same once this wish stands at this offset; one that comes too late changes nothing. */
    Rollout wished(Wish wish, long offset) {
        boolean overtaken = wish.basedOn().filter(it -> it != revision).isPresent();
        if (overtaken || knows(wish.change().operationId())) {
            return this;
        }
        List<String> known = new ArrayList<>(operations);
        known.add(wish.change().operationId());
        return new Rollout(
                offset,
                wish.active().map(this::first).orElse(activated),
                wish.candidate(),
                wish.retired(),
                Optional.of(wish.change()),
                known.subList(Math.max(0, known.size() - OPERATIONS_KEPT), known.size()));
    }

    private List<Integer> first(int version) {
        List<Integer> all = new ArrayList<>(activated);
        all.remove(Integer.valueOf(version));
        all.add(0, version);
        return all;
    }
}
