package io.clew.it.faults;

import io.clew.it.faults.check.CommandCheck;
import io.clew.it.faults.check.Finding;
import io.clew.it.faults.check.SagaLog;
import io.clew.it.faults.check.SagaStory;
import io.clew.it.faults.check.Verdict;
import io.clew.it.system.Sagas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lays what was found against the faults that were under way. */
final class Rows {
    /** A transaction that a fault aborts has begun before it. */
    private static final long BEFORE_THE_FAULT = 1_000;

    private static final String ORDERS = Sagas.ofOrder("");

    private final Verdict verdict;
    private final List<Window> windows;
    private final Map<Window, Tally> tallies = new HashMap<>();

    private Rows(Verdict verdict, List<Window> windows) {
        this.verdict = verdict;
        this.windows = windows;
        windows.forEach(window -> tallies.put(window, new Tally()));
    }

    private static final class Tally {
        private int affected;
        private int lost;
        private int doubled;
        private int abortedButExecuted;
        private Optional<SagaLog.Handled> slowest = Optional.empty();
        private long sagaStall;

        void handled(SagaLog.Handled one) {
            if (one.waited() > inboxStall()) {
                slowest = Optional.of(one);
            }
        }

        long inboxStall() {
            return slowest.map(SagaLog.Handled::waited).orElse(0L);
        }
    }

    /** One row for each fault that was injected, or was to be. */
    static List<Report.Row> of(Verdict verdict, List<Window> windows) {
        Rows rows = new Rows(verdict, windows);
        rows.sagas();
        rows.inbox();
        rows.commands();
        return rows.byFault();
    }

    private void sagas() {
        Set<String> lost = idsOf(Finding.Kind.LOST);
        Set<String> doubled = idsOf(Finding.Kind.DOUBLED);
        for (SagaStory story : verdict.log().stories().values()) {
            long[] times = story.times();
            if (times.length == 0) {
                continue;
            }
            long end = story.hasEnded() ? times[times.length - 1] : Long.MAX_VALUE;
            for (Window window : windows) {
                if (window.overlaps(times[0], end)) {
                    Tally tally = tallies.get(window);
                    tally.affected++;
                    tally.lost += lost.contains(story.sagaId()) ? 1 : 0;
                    tally.doubled += doubled.contains(story.sagaId()) ? 1 : 0;
                }
            }
            if (!story.sagaId().startsWith(ORDERS)) {
                // Errands stand still because they are meant to.
                continue;
            }
            // A start waits on the topic of its order before it comes to the inbox.
            verdict.log()
                    .orderedAt(story.sagaId())
                    .ifPresent(ordered -> stallOfSaga(ordered, times[0]));
            for (int i = 1; i < times.length; i++) {
                stallOfSaga(times[i - 1], times[i]);
            }
        }
    }

    private void stallOfSaga(long from, long to) {
        for (Window window : windows) {
            if (window.overlaps(from, to)) {
                Tally tally = tallies.get(window);
                tally.sagaStall = Math.max(tally.sagaStall, to - Math.max(from, window.begin()));
            }
        }
    }

    private void inbox() {
        verdict.log()
                .eachHandled(
                        one -> {
                            for (Window window : windows) {
                                if (window.touches(one.arrivedAt(), one.writtenAt())) {
                                    tallies.get(window).handled(one.since(window.begin()));
                                }
                            }
                        });
    }

    private void commands() {
        for (CommandCheck.Repeat repeat : verdict.commands().abortedButExecuted()) {
            for (Window window : windows) {
                tallies.get(window).abortedButExecuted +=
                        window.holds(repeat.sentAt() + BEFORE_THE_FAULT) ? 1 : 0;
            }
        }
    }

    private Set<String> idsOf(Finding.Kind kind) {
        Set<String> ids = new HashSet<>();
        verdict.findings().stream()
                .filter(it -> it.kind() == kind)
                .forEach(it -> ids.add(it.sagaId()));
        return ids;
    }

    private List<Report.Row> byFault() {
        Map<Fault, List<Window>> byFault = new EnumMap<>(Fault.class);
        windows.forEach(
                window ->
                        byFault.computeIfAbsent(window.fault(), one -> new ArrayList<>())
                                .add(window));
        List<Report.Row> rows = new ArrayList<>();
        byFault.forEach((fault, all) -> rows.add(row(fault, all)));
        return rows;
    }

    /** Of an even number of values, between the two in the middle. */
    static long median(long... sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** What was not injected is no time of it, but may have done damage. */
    private Report.Row row(Fault fault, List<Window> of) {
        int times = (int) of.stream().filter(Window::isInjected).count();
        List<Tally> all = of.stream().map(tallies::get).toList();
        long[] inbox = all.stream().mapToLong(Tally::inboxStall).sorted().toArray();
        return new Report.Row(
                fault,
                times,
                all.stream().mapToInt(it -> it.affected).sum(),
                all.stream().mapToInt(it -> it.lost).sum(),
                all.stream().mapToInt(it -> it.doubled).sum(),
                all.stream().mapToInt(it -> it.abortedButExecuted).sum(),
                median(inbox),
                Arrays.stream(inbox).max().orElse(0),
                all.stream().mapToLong(it -> it.sagaStall).max().orElse(0),
                all.stream()
                        .flatMap(it -> it.slowest.stream())
                        .max(Comparator.comparingLong(SagaLog.Handled::waited)));
    }
}
