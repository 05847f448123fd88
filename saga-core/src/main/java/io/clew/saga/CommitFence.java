package io.clew.saga;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which sagas must wait for a commit: something was decided about them on what this owner alone has
 * seen: an input its binary failed on. Another owner could decide otherwise, so until that is
 * committed nothing may be sent that follows from it.
 */
public final class CommitFence {
    private static final Optional<Rejection> FAULTED = Optional.of(Rejection.FAULTED);

    private final LongSupplier commits;
    private final Set<SagaId> held = new HashSet<>();
    private long heldAt;

    /**
     * @param commits how many commits there have been, each of all that was written before it
     */
    public CommitFence(LongSupplier commits) {
        this.commits = commits;
    }

    /** Whether something of this saga that only this owner has seen is not committed yet. */
    public boolean holds(SagaId saga) {
        release();
        return held.contains(saga);
    }

    /**
     * Looks at a batch that is being written.
     *
     * @return whether it came of what this owner alone has seen, and must be committed at once
     */
    public boolean note(Batch batch) {
        boolean own = false;
        release();
        for (Change change : batch.changes()) {
            if (change instanceof Change.NoteIncident noted) {
                own |= hold(noted.saga());
            } else if (change instanceof Change.Enqueue kept && kept.input().fault().isPresent()) {
                own |= hold(kept.input().saga());
            }
        }
        for (Effect effect : batch.effects()) {
            if (effect instanceof Effect.PublishTransition published
                    && published.transition().answer().equals(FAULTED)) {
                own |= hold(published.transition().saga());
            } else if (effect instanceof Effect.Answered answered
                    && answered.rejection().equals(FAULTED)) {
                own |= hold(answered.saga());
            }
        }
        return own;
    }

    private boolean hold(SagaId saga) {
        held.add(saga);
        return true;
    }

    private void release() {
        long now = commits.getAsLong();
        if (now != heldAt) {
            held.clear();
            heldAt = now;
        }
    }
}
