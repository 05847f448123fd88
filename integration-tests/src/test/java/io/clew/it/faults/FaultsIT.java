package io.clew.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clew.it.faults.cluster.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A cluster is hurt under load and an outsider checks that nothing is lost and nothing happened
 * twice. With {@code -Dclew.faults.minutes=30} it goes on that long with faults of every kind, with
 * {@code -Dclew.faults=BROKER_KILLED,SERVICE_FROZEN} it makes these; {@code -Dseed=} repeats a run,
 * and {@code -Dclew.faults.defaults=true} leaves sessions and transactions as Kafka has them.
 */
class FaultsIT {
    private static final long SEED = Long.getLong("seed", 1);
    private static final int MINUTES = Integer.getInteger("clew.faults.minutes", 0);
    private static final int SAGAS = Integer.getInteger("clew.faults.sagas", 0);
    private static final int PROOF_MINUTES = 30;
    private static final String CHOSEN = System.getProperty("clew.faults", "");
    private static final Timing TIMING =
            Boolean.getBoolean("clew.faults.defaults") ? Timing.DEFAULTS : Timing.SHIPPED;

    /** Longer than a fault lasts, and than any session. */
    private static final Duration LONG = Duration.ofSeconds(40);

    private static final Duration LITTLE = Duration.ofSeconds(2);

    /** The short selection asks little of a machine that does something else as well. */
    private static final int PER_SECOND =
            Integer.getInteger("clew.faults.rate", MINUTES == 0 ? 6 : 25);

    @Test
    void shouldLoseNothingAndDoNothingTwiceWhateverBreaks() throws IOException {
        // given
        assumeTrue(
                System.getProperty("clew.test.infrastructure", "embedded").equals("embedded"),
                "faults are made with processes");
        Settings settings = MINUTES == 0 ? selection() : everything();
        Path directory = Path.of("target", "faults");
        Files.createDirectories(directory);
        Path run = Files.createTempDirectory(directory, "run");

        // when
        Report report = FaultRun.run(run, settings);

        // then
        System.out.println(report.text());
        report.write(run);
        assertThat(report.findings()).as("seed %d", settings.seed()).isEmpty();
        assertThat(report.failedInjections()).isEmpty();
        if (MINUTES >= PROOF_MINUTES) {
            assertThat(report.missing()).as("what the run lacks to count").isEmpty();
        }
    }

    private static Settings selection() {
        List<Fault> faults =
                CHOSEN.isEmpty()
                        ? List.of(Fault.COORDINATOR_KILLED, Fault.BROKER_KILLED)
                        : Arrays.stream(CHOSEN.split(",")).map(Fault::valueOf).toList();
        return new Settings(SEED, faults, Duration.ZERO, 0, PER_SECOND, 1, TIMING, true, LITTLE);
    }

    private static Settings everything() {
        return new Settings(
                SEED,
                kinds(),
                Duration.ofMinutes(MINUTES),
                SAGAS,
                PER_SECOND,
                2,
                TIMING,
                true,
                LONG);
    }

    /** Those that outlast a session are meant for sessions as short as ours. */
    private static List<Fault> kinds() {
        return TIMING.equals(Timing.SHIPPED)
                ? List.of(Fault.values())
                : List.of(
                        Fault.COORDINATOR_KILLED,
                        Fault.COORDINATOR_STOPPED,
                        Fault.COORDINATORS_ROLLED,
                        Fault.SERVICE_KILLED,
                        Fault.BROKER_KILLED);
    }
}
