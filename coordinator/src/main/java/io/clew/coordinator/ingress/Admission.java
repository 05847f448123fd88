package io.clew.coordinator.ingress;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds new sagas back while the engine has too much to do. Opens again at half of a limit, so that
 * it does not flutter. Replies never pass here.
 */
public final class Admission {

    private final LongSupplier inboxLag;
    private final LongSupplier openSagas;
    private final long maxInboxLag;
    private final long maxOpenSagas;
    private volatile String closed = "";

    public Admission(
            LongSupplier inboxLag, LongSupplier openSagas, long maxInboxLag, long maxOpenSagas) {
        this.inboxLag = inboxLag;
        this.openSagas = openSagas;
        this.maxInboxLag = maxInboxLag;
        this.maxOpenSagas = maxOpenSagas;
    }

    /** Looks at the present load. */
    boolean open() {
        boolean wasOpen = closed.isEmpty();
        long lag = inboxLag.getAsLong();
        long open = openSagas.getAsLong();
        if (lag > (wasOpen ? maxInboxLag : maxInboxLag / 2)) {
            closed = "inbox lag " + lag + " is above " + maxInboxLag;
        } else if (open > (wasOpen ? maxOpenSagas : maxOpenSagas / 2)) {
            closed = open + " open sagas are above " + maxOpenSagas;
        } else {
            closed = "";
        }
        return closed.isEmpty();
    }

    /** Why nothing is let in, when {@link #open} was last asked. */
    public Optional<String> closedBecause() {
        return closed.isEmpty() ? Optional.empty() : Optional.of(closed);
    }
}
