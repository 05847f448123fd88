package io.clew.it.faults;

import io.clew.it.faults.check.Finding;
import io.clew.it.faults.check.SagaLog;
import io.clew.it.faults.check.SagaStory;
import io.clew.it.faults.check.Verdict;
import io.clew.it.faults.load.Errands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The table of one run. */
final class Report {
    private static final int FINDINGS_SHOWN = 20;

    private final Verdict verdict;
    private final Course course;
    private final List<Row> rows;

    /**
     * One fault.
     *
     * @param times injected
     * @param affected sagas that lived while it lasted
     * @param executed commands of aborted transactions that were executed
     * @param inboxMedian longest wait of an inbox record for its transition, median of the times
     * @param inboxMost the same, the longest of all
     * @param sagaMost longest time a saga made no step, or did not start though it was ordered
     * @param slowest the record of the inbox that waited so long
     */
    record Row(
            Fault fault,
            int times,
            int affected,
            int lost,
            int doubled,
            int executed,
            long inboxMedian,
            long inboxMost,
            long sagaMost,
            Optional<SagaLog.Handled> slowest) {}

    private Report(Verdict verdict, Course course, List<Row> rows) {
        this.verdict = verdict;
        this.course = course;
        this.rows = rows;
    }

    /** What was found, laid against what was done. */
    static Report of(Verdict verdict, Course course) {
        return new Report(verdict, course, Rows.of(verdict, course.windows()));
    }

    List<Finding> findings() {
        return verdict.findings();
    }

    /** What the run lacks to be a proof; empty if it counts. */
    List<String> missing() {
        return Proof.missing(verdict, course);
    }

    /** Faults that were to be injected and were not, or not to their end, and why. */
    List<String> failedInjections() {
        return course.windows().stream()
                .filter(window -> !window.isInjected())
                .map(window -> window.fault().title() + ", " + window.trouble().orElseThrow())
                .toList();
    }

    /** All of it in Markdown. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                ("seed %d, timing %s, %d s of faults and settling; %.1f orders a second besides"
                                + " bursts, at most %.1f s late")
                        .formatted(
                                course.settings().seed(),
                                course.settings().timing().name(),
                                course.took().toSeconds(),
                                course.pace().reached(),
                                course.pace().longestLag() / 1000.0));
        sagas(text);
        line(text, "");
        line(
                text,
                "| fault | injected | sagas under way | lost | doubled | aborted, executed"
                        + " | inbox stall s, median | most | longest stall of a saga s |");
        line(text, "|---|---|---|---|---|---|---|---|---|");
        rows.forEach(row -> line(text, row(row)));
        course.skipped()
                .forEach(
                        (fault, why) ->
                                line(text, "| %s | skipped: %s |".formatted(fault.title(), why)));
        line(text, "");
        rows.forEach(row -> row.slowest().ifPresent(it -> line(text, slowest(row, it))));
        line(text, "");
        verdict.findings().stream()
                .limit(FINDINGS_SHOWN)
                .forEach(
                        it ->
                                line(
                                        text,
                                        "- %s %s: %s"
                                                .formatted(it.kind(), it.sagaId(), it.text())));
        line(text, "%d findings".formatted(verdict.findings().size()));
        worth(text);
        return text.toString();
    }

    private void sagas(StringBuilder text) {
        long completed = count(it -> it.phase().equals("COMPLETED"));
        long compensated = count(it -> it.phase().equals("COMPENSATED"));
        long inDoubt = count(SagaStory::wasInDoubt);
        long incidents = count(it -> !it.hasEnded() && it.hasIncident());
        long rejections =
                verdict.log().stories().values().stream().mapToLong(SagaStory::rejections).sum();
        line(
                text,
                ("%d sagas, %d of them errands and %d children: %d completed, %d compensated (%d"
                     + " with a step in doubt), %d open, %d under an incident; %d transitions, %d"
                     + " rejections, lies %s")
                        .formatted(
                                verdict.log().stories().size(),
                                count(it -> Errands.isErrand(it.sagaId())),
                                count(it -> Errands.isChild(it.sagaId())),
                                completed,
                                compensated,
                                inDoubt,
                                verdict.log().open(),
                                incidents,
                                verdict.log().transitions(),
                                rejections,
                                verdict.lies()));
        line(
                text,
                ("%d command ids; %d records of aborted transactions, %d of them executed, %d of"
                                + " those made again under changed surroundings")
                        .formatted(
                                verdict.commands().ids(),
                                verdict.commands().aborted(),
                                verdict.commands().abortedButExecuted().size(),
                                Proof.replays(verdict, course)));
        failedInjections().forEach(it -> line(text, "not injected: " + it));
        if (!course.endedByThemselves().isEmpty()) {
            line(
                    text,
                    "ended by themselves and were started again: %s"
                            .formatted(course.endedByThemselves()));
        }
    }

    private long count(Predicate<SagaStory> which) {
        return verdict.log().stories().values().stream().filter(which).count();
    }

    private static String row(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.1f | %.1f | %.1f |",
                row.fault().title(),
                row.times(),
                row.affected(),
                row.lost(),
                row.doubled(),
                row.executed(),
                row.inboxMedian() / 1000.0,
                row.inboxMost() / 1000.0,
                row.sagaMost() / 1000.0);
    }

    private static String slowest(Row row, SagaLog.Handled one) {
        return String.format(
                Locale.ROOT,
                "longest wait on the inbox, %s: %.1f s, from %tT on, %s",
                row.fault().title(),
                one.waited() / 1000.0,
                one.arrivedAt(),
                one.cause());
    }

    private void worth(StringBuilder text) {
        List<String> missing = missing();
        line(
                text,
                missing.isEmpty()
                        ? "this run counts"
                        : "this run does not count: " + String.join("; ", missing));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    /** Writes the text beside the run's logs. */
    void write(Path directory) {
        try {
            Files.writeString(directory.resolve("report.md"), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
