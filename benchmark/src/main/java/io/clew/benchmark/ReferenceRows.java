package io.clew.benchmark;

import io.clew.benchmark.load.Outcome;
import io.clew.benchmark.load.Plan;
import io.clew.platform.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines of the table about the reference application, for which there is no floor. */
final class ReferenceRows {

    private static final String COORDINATOR = Member.COORDINATOR.label();
    private static final List<String> PROCESSES =
            List.of(
                    COORDINATOR,
                    Member.ORDER_SERVICE.label(),
                    Member.PAYMENT_SERVICE.label(),
                    Member.SHIPPING_SERVICE.label(),
                    Member.POSTGRES.label(),
                    "broker");

    private ReferenceRows() {}

    /** One outcome in short. */
    static String line(Case one, Outcome outcome) {
        return isIdle(one)
                ? String.format(
                        Locale.ROOT,
                        "coordinator %.3f cores, services %.3f, PostgreSQL %.3f",
                        outcome.cores(COORDINATOR),
                        outcome.cores(Member.ORDER_SERVICE.label())
                                + outcome.cores(Member.PAYMENT_SERVICE.label())
                                + outcome.cores(Member.SHIPPING_SERVICE.label()),
                        outcome.cores(Member.POSTGRES.label()))
                : Report.sagas(outcome);
    }

    static List<Report.Row> of(Measured measured) {
        var rows = new ArrayList<Report.Row>();
        if (isIdle(measured.one())) {
            rows.add(row(measured.one().label() + ": cores of processes", ""));
            for (String process : PROCESSES) {
                rows.add(row("  " + process, measured.figure(it -> it.cores(process))));
            }
            return rows;
        }
        rows.add(row(measured.one().label() + ": orders/s", measured.figure(Outcome::perSecond)));
        rows.add(row("  p50 ms", measured.figure(it -> it.latency().p50())));
        rows.add(row("  p95 ms", measured.figure(it -> it.latency().p95())));
        rows.add(row("  p99 ms", measured.figure(it -> it.latency().p99())));
        for (String process : PROCESSES) {
            rows.add(row("  CPU-s/1000 " + process, measured.cpu(process)));
        }
        rows.add(row("  CPU-s/1000 driver", measured.cpu("driver")));
        return rows;
    }

    private static boolean isIdle(Case one) {
        return one.load().shape() == Plan.Shape.NONE;
    }

    private static Report.Row row(String what, Object value) {
        return new Report.Row(what, "–", value.toString(), "–", "");
    }
}
