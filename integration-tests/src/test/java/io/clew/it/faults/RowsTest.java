package io.clew.it.faults;

import static io.clew.it.faults.check.Made.transition;
import static io.clew.it.faults.check.Made.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.check.CommandCheck;
import io.clew.it.faults.check.Finding;
import io.clew.it.faults.check.Made;
import io.clew.it.faults.check.SagaLog;
import io.clew.it.faults.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A saga steps at 1,000 and, for a record of 2,000, at 9,000. */
class RowsTest {
    private final SagaLog log = new SagaLog();
    private final List<Finding> findings = new ArrayList<>();
    private final CommandCheck commands = new CommandCheck(findings::add);

    RowsTest() {
        arrival(1, 900);
        arrival(2, 2_000);
        log.transition(written(transition(1, "RUNNING"), 1_000));
        log.transition(written(transition(2, "RUNNING"), 9_000));
    }

    private void arrival(long offset, long at) {
        log.arrival(Made.arrival(offset, at));
    }

    @Test
    void shouldLayWhatWaitedAgainstTheFaultInWhichItWaited() {
        // when
        Report.Row row = row(window(1_500, 10_000));

        // then
        assertThat(row.times()).isEqualTo(1);
        assertThat(row.affected()).isEqualTo(1);
        assertThat(row.inboxMost()).isEqualTo(7_000);
        assertThat(row.sagaMost()).isEqualTo(7_500);
        assertThat(row.slowest())
                .hasValueSatisfying(it -> assertThat(it.arrivedAt()).isEqualTo(2_000));
    }

    @Test
    void shouldCountWhatWasInFlightWhenTheFaultBegan() {
        // when
        Report.Row row = row(window(2_500, 3_000));

        // then
        assertThat(row.inboxMost()).isEqualTo(6_500);
        assertThat(row.sagaMost()).isEqualTo(6_500);
        assertThat(row.slowest())
                .hasValueSatisfying(it -> assertThat(it.waited()).isEqualTo(6_500));
    }

    @Test
    void shouldCountTheWaitOfAnOrderForTheStartOfItsSaga() {
        // given
        log.order(Made.placed(200));
        log.order(Made.placed(400));

        // when
        Report.Row row = row(window(100, 800));

        // then
        assertThat(row.sagaMost()).isEqualTo(800);
    }

    @Test
    void shouldLayNothingAgainstAFaultBeforeOrAfterIt() {
        // when
        List<Report.Row> rows = Rows.of(verdict(), List.of(window(100, 800), window(9_500, 9_900)));

        // then
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).times()).isEqualTo(2);
        assertThat(rows.get(0).inboxMost()).isZero();
        assertThat(rows.get(0).sagaMost()).isZero();
    }

    @Test
    void shouldNotCountAnInjectionThatFailedButTheStallInIt() {
        // when
        Report.Row row =
                row(
                        window(100, 800),
                        new Window(
                                Fault.COORDINATOR_KILLED,
                                "unknown",
                                Optional.of("it hung"),
                                1_500,
                                10_000,
                                10_000));

        // then
        assertThat(row.times()).isEqualTo(1);
        assertThat(row.inboxMost()).isEqualTo(7_000);
    }

    @Test
    void shouldCountWhatWasLostAndDoubled() {
        // given
        findings.add(new Finding(Finding.Kind.LOST, Made.SAGA, "lost"));
        findings.add(new Finding(Finding.Kind.DOUBLED, Made.SAGA, "doubled"));

        // when
        Report.Row row = row(window(1_500, 10_000));

        // then
        assertThat(row.lost()).isEqualTo(1);
        assertThat(row.doubled()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheMedianBetweenTheTwoInTheMiddle() {
        assertThat(Rows.median(7)).isEqualTo(7);
        assertThat(Rows.median(1, 3)).isEqualTo(2);
        assertThat(Rows.median(1, 2, 9)).isEqualTo(2);
        assertThat(Rows.median(1, 2, 4, 9)).isEqualTo(3);
    }

    private Report.Row row(Window... windows) {
        return Rows.of(verdict(), List.of(windows)).get(0);
    }

    private Verdict verdict() {
        return new Verdict(log, findings, commands, Map.of());
    }

    private static Window window(long begin, long end) {
        return new Window(
                Fault.COORDINATOR_KILLED, "coordinator-1", Optional.empty(), begin, end, end);
    }
}
