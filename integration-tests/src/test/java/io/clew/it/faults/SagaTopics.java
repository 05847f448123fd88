package io.clew.it.faults;

/** Reads the topics that tell of sagas into a log, bit by bit. */
final class SagaTopics implements AutoCloseable {
    private final SagaLog log = new SagaLog();
    private final Replay events;
    private final Replay inbox;
    private final Replay orders;

    SagaTopics(String bootstrap) {
        events = Replay.committed(bootstrap, "saga.events");
        inbox = Replay.committed(bootstrap, "saga.inbox");
        orders = Replay.committed(bootstrap, "order.events");
    }

    /** What has been read. */
    SagaLog log() {
        return log;
    }

    /** Reads on to the present ends. */
    void catchUp() {
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
