package io.clew.it.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.it.faults.Workload.Asked;
import io.clew.it.system.Await;
import io.clew.it.system.Rest;
import io.clew.it.system.Sagas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An outsider who knows what was ordered, the wire contract and the databases, and has no code in
 * common with the coordinator.
 */
final class Checker {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int STATUS_SAMPLE = 100;
    private static final Set<String> GIVEN_UP = Set.of("IN_DOUBT", "TIMED_OUT", "FENCED");

    private final Cluster cluster;
    private final SagaLog log;
    private final Map<String, Asked> asked;
    private final List<Finding> findings = new ArrayList<>();

    Checker(Cluster cluster, SagaLog log, Map<String, Asked> asked) {
        this.cluster = cluster;
        this.log = log;
        this.asked = asked;
    }

    /** Everything at once; the customers' view may lag behind the sagas for a moment. */
    Verdict check(Map<Liar.Lie, Integer> lies, String changelog) {
        log.catchUp();
        CommandCheck commands = CommandCheck.read(cluster.bootstrap(), findings::add);
        ChangelogCheck rows = ChangelogCheck.read(cluster.bootstrap(), changelog, findings::add);
        checkBooks();
        asked.values().forEach(this::checkStart);
        for (SagaStory story : log.stories().values()) {
            story.faults()
                    .forEach(
                            text ->
                                    findings.add(
                                            new Finding(Finding.Kind.WRONG, story.sagaId(), text)));
            commands.check(story);
            rows.check(story);
        }
        checkStrangers();
        checkDeadLetters(lies.getOrDefault(Liar.Lie.UNKNOWN_SAGA, 0));
        checkStatus();
        return new Verdict(log, List.copyOf(findings), commands, lies);
    }

    private void checkStart(Asked one) {
        String sagaId = one.order().sagaId();
        SagaStory story = log.stories().get(sagaId);
        if (story == null) {
            findings.add(new Finding(Finding.Kind.LOST, sagaId, "it never started"));
        } else if (!story.hasEnded()) {
            if (!story.hasIncident()) {
                findings.add(
                        new Finding(Finding.Kind.LOST, sagaId, "it is stuck " + story.phase()));
            }
        } else {
            checkOutcome(one, story);
        }
    }

    private void checkOutcome(Asked one, SagaStory story) {
        boolean fits =
                switch (story.phase()) {
                    case "COMPLETED" -> one.kind().mayComplete();
                    case "COMPENSATED" ->
                            one.kind().mayFailWith(story.code())
                                    || story.wasInDoubt() && GIVEN_UP.contains(story.code());
                    default -> false;
                };
        if (!fits) {
            findings.add(
                    new Finding(
                            Finding.Kind.WRONG,
                            story.sagaId(),
                            "%s ended %s %s".formatted(one.kind(), story.phase(), story.code())));
        }
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

    /** Sagas nobody asked for. */
    private void checkStrangers() {
        Set<String> known =
                asked.values().stream().map(it -> it.order().sagaId()).collect(Collectors.toSet());
        log.stories().keySet().stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> findings.add(new Finding(Finding.Kind.WRONG, id, "nobody asked")));
    }

    /** By key: a record moved to the right partition may be moved again by a replay. */
    private void checkDeadLetters(int expected) {
        Set<String> keys = new HashSet<>();
        try (Replay letters = Replay.committed(cluster.bootstrap(), "saga.dead-letters")) {
            letters.catchUp(it -> keys.add(new String(it.key(), UTF_8)));
        }
        long ofNobody = keys.stream().filter(it -> it.startsWith(Liar.NOBODY)).count();
        if (ofNobody != expected || keys.size() != expected) {
            findings.add(
                    new Finding(
                            Finding.Kind.WRONG,
                            "dead letters",
                            "%d, of them %d for sagas that are not there, of %d sent"
                                    .formatted(keys.size(), ofNobody, expected)));
        }
    }

    /** Every coordinator answers for every saga what the log says. */
    private void checkStatus() {
        List<SagaStory> sample = log.stories().values().stream().limit(STATUS_SAMPLE).toList();
        for (CoordinatorNode node : cluster.coordinators()) {
            Sagas sagas = new Sagas(node.rest());
            for (SagaStory story : sample) {
                Rest.Answer answer = sagas.status(story.sagaId());
                String phase = answer.body().path("phase").asText();
                long revision = answer.body().path("revision").asLong();
                if (!phase.equals(story.phase()) || revision != story.revision()) {
                    findings.add(
                            new Finding(
                                    Finding.Kind.WRONG,
                                    story.sagaId(),
                                    "%s says %d %s %d but the log %s %d"
                                            .formatted(
                                                    node.app().name(),
                                                    answer.status(),
                                                    phase,
                                                    revision,
                                                    story.phase(),
                                                    story.revision())));
                }
            }
        }
    }
}
