package io.clew.it.faults.check;

/** Reads the topics that tell of sagas into a log, bit by bit. */
public final class SagaTopics implements AutoCloseable {
    private final SagaLog log = new SagaLog();
    private final Replay events;
    private final Replay inbox;
    private final Replay orders;

    public SagaTopics(String bootstrap) {
        events = Replay.committed(bootstrap, "saga.events");
        inbox = Replay.committed(bootstrap, "saga.inbox");
        orders = Replay.committed(bootstrap, "order.events");
    }

    /** What has been read. */
    public SagaLog log() {
        return log;
    }

    /** Reads on to the present ends. */
    public void catchUp() {
        events.catchUp(log::transition);
        inbox.catchUp(log::arrival);
        orders.catchUp(log::order);
    }

    @Override
    public void close() {
        events.close();
        inbox.close();
        orders.close();
    }
}
