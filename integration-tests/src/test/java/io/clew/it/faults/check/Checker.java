package io.clew.it.faults.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.it.faults.cluster.Cluster;
import io.clew.it.faults.cluster.CoordinatorNode;
import io.clew.it.faults.load.ClerkBooks;
import io.clew.it.faults.load.ErrandKind;
import io.clew.it.faults.load.Liar;
import io.clew.it.faults.load.Workload;
import io.clew.it.faults.load.Workload.Asked;
import io.clew.it.system.Await;
import io.clew.it.system.Rest;
import io.clew.it.system.Sagas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An outsider who knows what was ordered, the wire contract and the databases, and has no code in
 * common with the coordinator.
 */
public final class Checker {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int STATUS_SAMPLE = 100;

    private final Cluster cluster;
    private final SagaLog log;
    private final Map<String, Asked> asked;
    private final Map<String, ErrandKind> errands;
    private final ClerkBooks clerk;
    private final List<Finding> findings = new ArrayList<>();

    /** The workload is closed: all that was asked for is known. */
    public Checker(Cluster cluster, SagaLog log, Workload workload, ClerkBooks clerk) {
        this.cluster = cluster;
        this.log = log;
        asked = workload.asked();
        errands = workload.errands();
        this.clerk = clerk;
    }

    /** Everything at once; the customers' view may lag behind the sagas for a moment. */
    public Verdict check(Map<Liar.Lie, Integer> lies, String changelog) {
        CommandCheck commands = CommandCheck.read(cluster.bootstrap(), findings::add);
        ChangelogCheck rows = ChangelogCheck.read(cluster.bootstrap(), changelog, findings::add);
        checkBooks();
        for (SagaStory story : log.stories().values()) {
            commands.check(story);
            rows.check(story);
        }
        SagaCheck sagas = new SagaCheck(asked, log.stories(), findings::add);
        sagas.check();
        new ErrandCheck(errands, log.stories(), clerk::of, findings::add).check();
        sagas.deadLetters(deadLetters(), lies.getOrDefault(Liar.Lie.UNKNOWN_SAGA, 0));
        checkStatus(sagas);
        return new Verdict(log, List.copyOf(findings), commands, lies);
    }

    private void checkBooks() {
        List<Finding> last = new ArrayList<>();
        try {
            Await.until(
                    LIMIT,
                    () -> {
                        last.clear();
                        readBooks(last);
                        if (!last.isEmpty()) {
                            throw new AssertionError(last.get(0).toString());
                        }
                    });
        } catch (AssertionError lasting) {
            findings.addAll(last);
        }
    }

    private void readBooks(List<Finding> found) {
        Books books = Books.read(cluster.postgres().administrator());
        BookCheck check = new BookCheck(books, found::add);
        asked.values()
                .forEach(
                        one -> {
                            SagaStory story = log.stories().get(one.order().sagaId());
                            if (story != null && story.hasEnded()) {
                                check.check(one, story);
                            }
                        });
        check.totals();
    }

    /** Their keys. */
    private Set<String> deadLetters() {
        Set<String> keys = new HashSet<>();
        try (Replay letters = Replay.committed(cluster.bootstrap(), "saga.dead-letters")) {
            letters.catchUp(it -> keys.add(new String(it.key(), UTF_8)));
        }
        return keys;
    }

    /** Every coordinator is asked for a sample. */
    private void checkStatus(SagaCheck check) {
        List<SagaStory> sample = log.stories().values().stream().limit(STATUS_SAMPLE).toList();
        for (CoordinatorNode node : cluster.coordinators()) {
            Sagas sagas = new Sagas(node.rest());
            for (SagaStory story : sample) {
                Rest.Answer answer = sagas.status(story.sagaId());
                check.status(
                        node.app().name(),
                        story,
                        new SagaCheck.Status(
                                answer.status(),
                                answer.body().path("phase").asText(),
                                answer.body().path("revision").asLong()));
            }
        }
    }
}
