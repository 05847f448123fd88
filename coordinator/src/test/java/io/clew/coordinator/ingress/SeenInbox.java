package io.clew.coordinator.ingress;

import java.util.concurrent.atomic.AtomicInteger;

/** An inbox as it was seen last, and how often another look was asked for. */
final class SeenInbox implements InboxQueue {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Seen seen = new Seen(0, 0, 0, 0);

    void look(long moving, double perSecond) {
        look(moving, moving, perSecond);
    }

    void look(long records, long moving, double perSecond) {
        seen = new Seen(seen.number() + 1, records, moving, perSecond);
    }

    int asked() {
        return asked.get();
    }

    @Override
    public Seen seen() {
        return seen;
    }

    @Override
    public void lookSoon() {
        asked.incrementAndGet();
    }
}
