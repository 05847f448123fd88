package io.clew.it.faults.check;

import io.clew.it.faults.load.Liar;
import io.clew.it.faults.load.Workload.Asked;
import io.clew.it.system.Sagas;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whether the stories of the sagas are those of what was asked for. */
public final class SagaCheck {
    private static final String ORDERS = Sagas.ofOrder("");

    static final Set<String> GIVEN_UP = Set.of("IN_DOUBT", "TIMED_OUT", "FENCED");

    private final Map<String, Asked> asked;
    private final Map<String, SagaStory> stories;
    private final Consumer<Finding> findings;

    /**
     * @param asked by order id
     * @param stories by saga id
     */
    SagaCheck(
            Map<String, Asked> asked, Map<String, SagaStory> stories, Consumer<Finding> findings) {
        this.asked = asked;
        this.stories = stories;
        this.findings = findings;
    }

    /** Each order has one saga that ends as it may, and no saga is without an order. */
    void check() {
        asked.values().forEach(this::checkStart);
        for (SagaStory story : stories.values()) {
            story.faults().forEach(text -> wrong(story.sagaId(), text));
        }
        checkStrangers();
    }

    private void checkStart(Asked one) {
        String sagaId = one.order().sagaId();
        SagaStory story = stories.get(sagaId);
        if (story == null) {
            findings.accept(new Finding(Finding.Kind.LOST, sagaId, "it never started"));
        } else if (!story.hasEnded()) {
            if (!story.hasIncident()) {
                findings.accept(
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
            wrong(
                    story.sagaId(),
                    "%s ended %s %s".formatted(one.kind(), story.phase(), story.code()));
        }
    }

    /** Sagas nobody asked for. */
    private void checkStrangers() {
        Set<String> known =
                asked.values().stream().map(it -> it.order().sagaId()).collect(Collectors.toSet());
        stories.keySet().stream()
                .filter(id -> id.startsWith(ORDERS))
                .filter(id -> !known.contains(id))
                .forEach(id -> wrong(id, "nobody asked"));
    }

    /** By key: a record moved to the right partition may be moved again by a replay. */
    void deadLetters(Set<String> keys, int expected) {
        long ofNobody = keys.stream().filter(it -> it.startsWith(Liar.NOBODY)).count();
        if (ofNobody != expected || keys.size() != expected) {
            wrong(
                    "dead letters",
                    "%d, of them %d for sagas that are not there, of %d sent"
                            .formatted(keys.size(), ofNobody, expected));
        }
    }

    /** What a coordinator answers for a saga is what the log says. */
    void status(String coordinator, SagaStory story, Status answer) {
        if (!answer.phase().equals(story.phase()) || answer.revision() != story.revision()) {
            wrong(
                    story.sagaId(),
                    "%s says %s but the log %s %d"
                            .formatted(coordinator, answer, story.phase(), story.revision()));
        }
    }

    /** The answer to a question where a saga is. */
    record Status(int http, String phase, long revision) {}

    private void wrong(String about, String text) {
        findings.accept(new Finding(Finding.Kind.WRONG, about, text));
    }
}
