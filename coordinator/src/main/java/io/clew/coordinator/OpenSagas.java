package io.clew.coordinator;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How many sagas of this instance have not ended, and how many of them need an operator. */
@Singleton
final class OpenSagas implements LongSupplier {

    private final AtomicLong open = new AtomicLong();
    private final AtomicLong incidents = new AtomicLong();

    @Override
    public long getAsLong() {
        return open.get();
    }

    long incidents() {
        return incidents.get();
    }

    /** What a look at all rows has found. */
    void counted(long openNow, long incidentsNow) {
        open.set(openNow);
        incidents.set(incidentsNow);
    }
}
