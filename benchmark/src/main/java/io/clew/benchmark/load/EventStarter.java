package io.clew.benchmark.load;

/** Starts sagas by records on the topic of events. */
final class EventStarter implements Starter {

    private final Target target;
    private final Sender sender;

    EventStarter(String bootstrapServers, Target target) {
        this.target = target;
        this.sender = new Sender(bootstrapServers);
    }

    @Override
    public void start(long saga, boolean refuse, Runnable accepted) {
        sender.send(target.start(saga, refuse), accepted);
    }

    @Override
    public void close() {
        sender.close();
    }
}
