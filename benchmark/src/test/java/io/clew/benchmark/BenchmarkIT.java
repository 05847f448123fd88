package io.clew.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.benchmark.load.Outcome;
import io.clew.benchmark.load.Plan;
import io.clew.platform.Jdk;
import io.clew.platform.JvmProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest run there can be: what it measures is not looked at, only that it does. */
class BenchmarkIT {

    @TempDir private Path directory;

    private static Settings.Coordinator coordinator(JvmProfile jvm, boolean trained) {
        return new Settings.Coordinator(4, 1, "latency", jvm, "192m", List.of(), trained);
    }

    private static Settings shortest(
            Set<Settings.Workload> workloads, int inFlight, Settings.Coordinator coordinator) {
        return new Settings(
                workloads,
                true,
                1,
                1,
                new Plan.Window(1, 3),
                List.of(inFlight),
                List.of(20),
                new Settings.Many(200, 200),
                new Settings.Durability(1, false),
                coordinator);
    }

    @Test
    void shouldMeasureTheReferenceApplicationHoweverOrdersAreSeenAndPlaced() {
        // given
        Settings settings =
                shortest(
                        Set.of(Settings.Workload.REFERENCE),
                        20,
                        coordinator(JvmProfile.SMALL, false));

        // when
        Suite.Results results = new Suite(settings, directory, System.out::println).run();

        // then
        assertThat(results.measured()).hasSize(7);
        for (Measured measured : results.measured()) {
            Outcome outcome = measured.repeats().get(0);
            // So young an application may not end an order within a second; in the end it does.
            assertThat(outcome.unfinished()).isZero();
            assertThat(outcome.processes())
                    .containsKeys("broker", "coordinator", "payment-service", "postgres");
        }
        assertThat(ResultFiles.write(directory, settings, results)).contains("by REST");
    }

    @Test
    void shouldMeasureBothSystemsAndLoseNothing() {
        // given
        Settings settings =
                shortest(
                        Set.of(
                                Settings.Workload.REFUSED,
                                Settings.Workload.PUSH,
                                Settings.Workload.RESTORE),
                        // Many: every tenth is refused, and a young system ends few rounds.
                        200,
                        coordinator(
                                JvmProfile.STEADY,
                                Jdk.feature() >= ClewSystem.FIRST_JDK_WITH_CACHE));

        // when
        Suite.Results results = new Suite(settings, directory, System.out::println).run();

        // then
        assertThat(results.measured()).hasSize(3);
        for (Measured measured : results.measured()) {
            Outcome outcome = measured.repeats().get(0);
            assertThat(outcome.ended()).isPositive();
            assertThat(outcome.unfinished()).isZero();
            assertThat(outcome.processes()).containsKeys("broker-1", "coordinator", "driver");
            boolean refused = measured.one().workload() == Settings.Workload.REFUSED;
            assertThat(outcome.compensated() > 0).isEqualTo(refused);
        }
        assertThat(results.unfinished()).isZero();
        assertThat(results.many())
                .extracting(Report.Row::what)
                .contains("state lost, 200 open sagas: restored in s")
                .contains("  s from process start: new saga completed");
        assertThat(ResultFiles.write(directory, settings, results))
                .contains("200 in flight", "200 open sagas");
        assertThat(Files.exists(directory.resolve("results.json"))).isTrue();
    }
}
