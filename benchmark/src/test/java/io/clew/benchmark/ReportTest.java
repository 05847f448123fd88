package io.clew.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.benchmark.load.Outcome;
import io.clew.benchmark.load.Plan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Plan.Window WINDOW = new Plan.Window(1, 10);

    @Test
    void shouldSetEachFigureBesideTheFloorsAndSayWhetherTheTargetIsMet() {
        // given
        Case closed = new Case(Settings.Workload.CLOSED, load(500, 0, Plan.Observer.READER));
        List<Measured> measured =
                List.of(
                        measured(Plan.MeasuredSystem.FLOOR, closed, 20_000, 2),
                        measured(Plan.MeasuredSystem.CLEW, closed, 5_000, 2));

        // when
        List<Report.Row> rows = Report.rows(measured);

        // then
        assertThat(rows)
                .contains(
                        new Report.Row(
                                "best closed loop: sagas/s",
                                "2,000",
                                "500",
                                "0.250",
                                "≥ 0.4 MISSED"),
                        new Report.Row(
                                "  CPU-s/1000, coordinator to the floor's pipeline",
                                "0.150",
                                "0.400",
                                "2.67",
                                "≤ 4 met"));
    }

    @Test
    void shouldHoldThePushAgainstTheFloorsReaderOfTheSameRate() {
        // given
        Case reader = new Case(Settings.Workload.OPEN, load(0, 100, Plan.Observer.READER));
        Case push = new Case(Settings.Workload.PUSH, load(0, 100, Plan.Observer.PUSH));

        // when
        List<Report.Row> rows =
                Report.rows(
                        List.of(
                                measured(Plan.MeasuredSystem.FLOOR, reader, 1000, 2),
                                measured(Plan.MeasuredSystem.CLEW, push, 1000, 6)));

        // then
        assertThat(rows).contains(new Report.Row("  p50 ms", "2.00", "6.00", "3.00", "≤ 2 MISSED"));
    }

    @Test
    void shouldHoldOverloadAgainstTheBestClosedLoopOfTheRun() {
        // given
        Case closed = new Case(Settings.Workload.CLOSED, load(500, 0, Plan.Observer.READER));
        Case over = new Case(Settings.Workload.OVERLOAD, load(0, 1000, Plan.Observer.READER));

        // when
        List<Report.Row> rows =
                Report.rows(
                        List.of(
                                measured(Plan.MeasuredSystem.CLEW, closed, 5_000, 2),
                                measured(Plan.MeasuredSystem.CLEW, over, 4_000, 2)));

        // then
        assertThat(rows)
                .contains(
                        new Report.Row("  of the best", "–", "0.800", "–", "≥ 0.9 MISSED"),
                        new Report.Row("  … in the closed loop: p50", "–", "1.00", "–", ""),
                        new Report.Row("  cores of coordinator", "–", "0.200", "–", ""),
                        new Report.Row("  drained after s", "–", "0.100", "–", "≤ 10 met"));
    }

    @Test
    void shouldHoldATransitionOfRefusedSagasAgainstOneOfThoseThatComplete() {
        // given
        Case closed = new Case(Settings.Workload.CLOSED, load(500, 0, Plan.Observer.READER));
        Case refused = new Case(Settings.Workload.REFUSED, load(500, 0, 10, Plan.Observer.READER));

        // when
        List<Report.Row> rows =
                Report.rows(
                        List.of(
                                measured(Plan.MeasuredSystem.CLEW, closed, 5_000, 2),
                                measured(Plan.MeasuredSystem.CLEW, refused, 4_000, 2)));

        // then
        assertThat(rows)
                .contains(
                        new Report.Row(
                                "  … a transition, to one without",
                                "–",
                                "1.19",
                                "–",
                                "≤ 1 MISSED"));
    }

    @Test
    void shouldSayWhetherAnIdleCoordinatorTakesLittle() {
        // given
        Case idle = new Case(Settings.Workload.IDLE, load(0, 0, Plan.Observer.PUSH));

        // when
        List<Report.Row> rows =
                Report.rows(List.of(measured(Plan.MeasuredSystem.CLEW, idle, 0, 1)));

        // then
        assertThat(rows)
                .contains(
                        new Report.Row(
                                "idle: cores of coordinator", "–", "0.200", "–", "≤ 0.05 MISSED"));
    }

    @Test
    void shouldLineUpTheTable() {
        // given
        var rows = List.of(new Report.Row("a", "1", "22", "333", ""));

        // when
        String table = TextTable.of(rows);

        // then
        assertThat(table.lines())
                .containsExactly(
                        "   floor  clew  clew/floor  target", "a      1    22         333");
    }

    private static Plan.Load load(int inFlight, int rate, Plan.Observer observer) {
        return load(inFlight, rate, 0, observer);
    }

    private static Plan.Load load(int inFlight, int rate, int refused, Plan.Observer observer) {
        Plan.Shape shape = inFlight > 0 ? Plan.Shape.CLOSED : Plan.Shape.OPEN;
        return new Plan.Load(
                shape, inFlight, rate, refused, Plan.Start.KAFKA, observer, "order-saga-3", WINDOW);
    }

    private static Measured measured(Plan.MeasuredSystem system, Case one, long ended, double p50) {
        return new Measured(
                system,
                one,
                List.of(
                        new Outcome(
                                10,
                                ended,
                                0,
                                0,
                                new Outcome.Latency(p50, 2 * p50, 3 * p50, 4 * p50),
                                new Outcome.Latency(1, 1, 1, 1),
                                new Outcome.Latency(1, 1, 1, 1),
                                0.1,
                                Map.of(
                                        "broker",
                                        new Outcome.Use(1, 600),
                                        "coordinator",
                                        new Outcome.Use(2, 300)))));
    }
}
