package io.clew.it.faults;

/** Reads the topics that tell of sagas into a log, bit by bit. */
final class SagaTopics implements AutoCloseable {
    private final SagaLog log = new SagaLog();
    private final Replay events;
    private final Replay inbox;

    SagaTopics(String bootstrap) {
        events = Replay.committed(bootstrap, "saga.events");
        inbox = Replay.committed(bootstrap, "saga.inbox");
    }

    /** What has been read. */
    SagaLog log() {
        return log;
    }

    /** Reads on to the present ends. */
    void catchUp() {
        events.catchUp(log::transition);
        inbox.catchUp(log::arrival);
    }

    @Override
    public void close() {
        events.close();
        inbox.close();
    }
}
