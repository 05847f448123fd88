package io.clew.benchmark;

import io.clew.benchmark.load.OrderSchemas;
import java.time.Duration;

/**
 * Sagas that stay open: like the measured one in all but their first participant, who never reads
 * its commands.
 *
 * @param definition its name
 * @param count how many are started
 * @param silence how long until the first step's timer is due
 */
record WaitingSagas(String definition, long count, Duration silence) {

    private static final Duration QUIET = Duration.ofSeconds(25);

    /** Fewer starts a second than any machine worth measuring does. */
    private static final long SLOWEST_FILL = 5000;

    /** Before every business key. */
    static final String PREFIX = "w-";

    /** No timer falls due while they are looked at. */
    static WaitingSagas open(long count) {
        return new WaitingSagas("waiting-3", count, Duration.ofHours(6));
    }

    /** The first timer falls due some time after the last saga has started. */
    static WaitingSagas due(long count) {
        return new WaitingSagas("silent-3", count, QUIET.plusSeconds(count / SLOWEST_FILL));
    }

    String yaml(String measured) {
        return measured.replace(OrderSchemas.ORDER_SAGA, definition)
                .replace("participant: stock", "participant: " + OrderSchemas.NOBODY)
                .replace("timeout: 30s", "timeout: %ds".formatted(silence.toSeconds()))
                .replace("deadline: 30m", "deadline: 2d");
    }

    String sagaId(long number) {
        return definition + ":" + PREFIX + number;
    }
}
