package io.clew.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.check.CommandCheck;
import io.clew.it.faults.check.Made;
import io.clew.it.faults.check.SagaLog;
import io.clew.it.faults.check.Verdict;
import io.clew.it.faults.cluster.Timing;
import io.clew.it.faults.load.Pace;
import io.clew.schema.SagaTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A run says what it lacks. */
class ProofTest {
    private static final List<Fault> ALL = List.of(Fault.values());
    private static final Pace KEPT = new Pace(25, 1_000, 40_000, 0);
    private static final Pace TOO_SLOW = new Pace(25, 900, 40_000, 0);

    @Test
    void shouldSayAllThatARunLacks() {
        // when
        List<String> missing = Proof.missing(nothing(), course(ALL, TOO_SLOW, Map.of()));

        // then
        assertThat(missing)
                .containsExactly(
                        "60 s of faults, not 1800",
                        "0 sagas, not 50000",
                        "0 commands of aborted transactions executed, not 100",
                        "no replay under changed surroundings",
                        "22.5 orders a second, not 25",
                        "never injected: [REGISTRY_DOWN]");
    }

    @Test
    void shouldMissWhatWasSkipped() {
        // given
        Map<Fault, String> skipped = Map.of(Fault.REGISTRY_DOWN, "no right to");

        // when
        List<String> missing = Proof.missing(nothing(), course(ALL, KEPT, skipped));

        // then
        assertThat(missing).contains("never injected: [REGISTRY_DOWN]");
    }

    @Test
    void shouldAskForTheFaultsOfItsSettingsOnly() {
        // given
        Course course = course(List.of(Fault.BROKER_KILLED, Fault.SERVICE_KILLED), KEPT, Map.of());

        // when
        List<String> missing = Proof.missing(nothing(), course);

        // then
        assertThat(missing)
                .containsExactly(
                        "60 s of faults, not 1800",
                        "0 sagas, not 50000",
                        "0 commands of aborted transactions executed, not 100");
    }

    @Test
    void shouldMissWhatCouldNotBeInjected() {
        // given
        Course course = course(ALL, KEPT, Map.of());
        List<Window> windows = new ArrayList<>(course.windows());
        windows.add(new Window(Fault.REGISTRY_DOWN, "unknown", Optional.of("it hung"), 0, 1, 2));
        Course failed =
                new Course(
                        course.settings(),
                        course.took(),
                        course.pace(),
                        windows,
                        List.of(),
                        List.of(),
                        Map.of());

        // when
        List<String> missing = Proof.missing(nothing(), failed);

        // then
        assertThat(missing).contains("never injected: [REGISTRY_DOWN]");
    }

    @Test
    void shouldMissNothingInARunThatCounts() {
        // when
        List<String> missing = Proof.missing(enough(), counts(course(ALL, KEPT, Map.of())));

        // then
        assertThat(missing).isEmpty();
    }

    /** The same with half an hour, all faults, and a change of the surroundings at 15. */
    private static Course counts(Course course) {
        List<Window> windows = new ArrayList<>(course.windows());
        windows.add(new Window(Fault.REGISTRY_DOWN, "it", Optional.empty(), 0, 1, 2));
        return new Course(
                course.settings(),
                Duration.ofMinutes(30),
                course.pace(),
                windows,
                List.of(new Changed(15, 40)),
                List.of(),
                Map.of());
    }

    /** So many sagas, and commands sent at 10 in vain, executed at 20 and sent again at 30. */
    private static Verdict enough() {
        SagaLog log = new SagaLog();
        SagaTransition end = Made.transition(1, "COMPLETED");
        for (int saga = 0; saga < 50_000; saga++) {
            end.setSagaId("order-fulfilment:o-" + saga);
            log.transition(Made.written(end, 1));
        }
        CommandCheck commands = new CommandCheck(it -> {});
        for (int attempt = 1; attempt <= 100; attempt++) {
            ConsumerRecord<byte[], byte[]> again = Made.command(attempt, attempt, 30, "charge");
            commands.committed(again);
            commands.any(Made.command(attempt, 1_000 + attempt, 10, "charge"));
            commands.any(again);
            commands.reply(Made.reply(attempt, 20, "succeeded", "", "/payment-service"));
        }
        return new Verdict(log, List.of(), commands, Map.of());
    }

    private static Verdict nothing() {
        return new Verdict(new SagaLog(), List.of(), new CommandCheck(it -> {}), Map.of());
    }

    /** A minute with every fault but the last one. */
    private static Course course(List<Fault> faults, Pace pace, Map<Fault, String> skipped) {
        List<Window> windows =
                Stream.of(Fault.values())
                        .filter(it -> it != Fault.REGISTRY_DOWN)
                        .map(it -> new Window(it, "it", Optional.empty(), 0, 1, 2))
                        .toList();
        Settings settings =
                new Settings(
                        1,
                        faults,
                        Duration.ofMinutes(30),
                        0,
                        25,
                        2,
                        Timing.SHIPPED,
                        true,
                        Duration.ZERO);
        return new Course(
                settings, Duration.ofMinutes(1), pace, windows, List.of(), List.of(), skipped);
    }
}
