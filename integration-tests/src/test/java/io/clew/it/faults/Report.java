package io.clew.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table of one run. */
final class Report {
    private static final int FINDINGS_SHOWN = 20;
    private static final int ENOUGH_ABORTED = 100;

    private final Verdict verdict;
    private final Settings settings;
    private final Duration took;
    private final List<Row> rows;
    private final List<String> endedByThemselves;

    /**
     * One fault.
     *
     * @param times injected
     * @param affected sagas that lived while it lasted
     * @param executed commands of aborted transactions that were executed
     * @param inboxMedian longest wait of an inbox record for its transition, median of the times
     * @param inboxMost the same, the longest of all
     * @param sagaMost longest time a saga made no step
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
            long sagaMost) {}

    Report(
            Verdict verdict,
            Settings settings,
            Duration took,
            List<Row> rows,
            List<String> endedByThemselves) {
        this.verdict = verdict;
        this.settings = settings;
        this.took = took;
        this.rows = rows;
        this.endedByThemselves = endedByThemselves;
    }

    List<Finding> findings() {
        return verdict.findings();
    }

    int abortedButExecuted() {
        return verdict.commands().abortedButExecuted().toArray().length;
    }

    /** The longest time a record of the inbox waited during this fault. */
    Duration longestWait(Fault fault) {
        return rows.stream()
                .filter(row -> row.fault() == fault)
                .map(row -> Duration.ofMillis(row.inboxMost()))
                .findFirst()
                .orElseThrow();
    }

    /** All of it in Markdown. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "seed %d, %d s of faults and settling"
                        .formatted(settings.seed(), took.toSeconds()));
        sagas(text);
        line(text, "");
        line(
                text,
                "| fault | injected | sagas under way | lost | doubled | aborted, executed"
                        + " | inbox stall s, median | most | longest stall of a saga s |");
        line(text, "|---|---|---|---|---|---|---|---|---|");
        rows.forEach(row -> line(text, row(row)));
        line(text, "");
        skipped(text);
        verdict.findings().stream()
                .limit(FINDINGS_SHOWN)
                .forEach(
                        it ->
                                line(
                                        text,
                                        "- %s %s: %s"
                                                .formatted(it.kind(), it.sagaId(), it.text())));
        line(text, "%d findings".formatted(verdict.findings().size()));
        return text.toString();
    }

    private void sagas(StringBuilder text) {
        long completed = count("COMPLETED");
        long compensated = count("COMPENSATED");
        long inDoubt =
                verdict.log().stories().values().stream().filter(SagaStory::wasInDoubt).count();
        long rejections =
                verdict.log().stories().values().stream().mapToLong(SagaStory::rejections).sum();
        line(
                text,
                ("%d sagas: %d completed, %d compensated (%d with a step in doubt), %d open;"
                                + " %d transitions, %d rejections, lies %s")
                        .formatted(
                                verdict.log().stories().size(),
                                completed,
                                compensated,
                                inDoubt,
                                verdict.log().open(),
                                verdict.log().transitions(),
                                rejections,
                                verdict.lies()));
        line(
                text,
                "%d command ids; %d records of aborted transactions, %d of them executed"
                        .formatted(
                                verdict.commands().ids(),
                                verdict.commands().aborted(),
                                abortedButExecuted()));
        if (!endedByThemselves.isEmpty()) {
            line(
                    text,
                    "ended by themselves and were started again: %s".formatted(endedByThemselves));
        }
    }

    private long count(String phase) {
        return verdict.log().stories().values().stream()
                .filter(story -> story.phase().equals(phase))
                .count();
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

    private void skipped(StringBuilder text) {
        Set<Fault> missing = EnumSet.allOf(Fault.class);
        rows.forEach(row -> missing.remove(row.fault()));
        if (!missing.isEmpty()) {
            line(text, "incomplete: not injected were %s".formatted(missing));
        }
        if (abortedButExecuted() < ENOUGH_ABORTED) {
            line(text, "incomplete: fewer than %d aborted and executed".formatted(ENOUGH_ABORTED));
        }
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
