package io.clew.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.benchmark.load.Outcome;
import io.clew.benchmark.load.Plan;
import io.clew.platform.JvmProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferenceLoadsTest {

    private static final Settings SETTINGS =
            new Settings(
                    Set.of(Settings.Workload.REFERENCE),
                    false,
                    1,
                    1,
                    new Plan.Window(1, 10),
                    List.of(100),
                    List.of(20, 50),
                    new Settings.Many(1, 1),
                    new Settings.Durability(1, false),
                    new Settings.Coordinator(
                            4, 1, "latency", JvmProfile.SMALL, "192m", List.of(), false));

    @Test
    void shouldPlaceOrdersBothWaysInClosedAndOpenLoopsAndThenDoNothing() {
        assertThat(ReferenceLoads.all(SETTINGS))
                .extracting(ReferenceLoads::label)
                .contains(
                        "reference, 100 in flight, by Kafka, seen by reader",
                        "reference, 50/s, by Kafka, seen by push",
                        "reference, 100 in flight, by REST, seen by reader",
                        "reference, 20/s, by REST, seen by reader")
                .doesNotHaveDuplicates()
                .endsWith("reference, idle");
    }

    @Test
    void shouldTellWhatEachProcessCosts() {
        // given
        Case one = new Case(Settings.Workload.REFERENCE, ReferenceLoads.all(SETTINGS).get(0));
        Outcome outcome =
                new Outcome(
                        10,
                        1000,
                        0,
                        0,
                        new Outcome.Latency(1, 2, 3, 4),
                        new Outcome.Latency(1, 1, 1, 1),
                        new Outcome.Latency(1, 1, 1, 1),
                        0.1,
                        Map.of(
                                "payment-service", new Outcome.Use(0.25, 100),
                                "postgres", new Outcome.Use(0.5, 100)));
        var measured = new Measured(Plan.MeasuredSystem.REFERENCE, one, List.of(outcome));

        // when
        List<Report.Row> rows = Report.rows(List.of(measured));

        // then
        assertThat(rows)
                .contains(
                        new Report.Row("  p99 ms", "–", "3.00", "–", ""),
                        new Report.Row("  CPU-s/1000 payment-service", "–", "0.250", "–", ""),
                        new Report.Row("  CPU-s/1000 postgres", "–", "0.500", "–", ""));
        assertThat(rows.get(0).clew()).isEqualTo("100");
    }
}
