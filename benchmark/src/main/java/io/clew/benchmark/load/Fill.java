package io.clew.benchmark.load;

/** Starts many sagas at once, without a look at what becomes of them. */
public final class Fill {

    private Fill() {}

    /** Returns when all starts are on the log; their numbers begin at 0. */
    public static void send(Plan.Places places, String definition, String prefix, long sagas) {
        var target =
                new ClewTarget(
                        definition, prefix, OrderSchemas.registered(places.registry(), definition));
        try (var sender = new Sender(places.bootstrapServers())) {
            for (long saga = 0; saga < sagas; saga++) {
                sender.send(target.start(saga, false));
            }
            sender.flush();
        }
    }
}
