package io.clew.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one owner of a partition sees of command topics, against what its partition has been told.
 *
 * <p>Nothing is decided by what an owner sees: another one may see something else, and must decide
 * the same. It only keeps back what is for a topic that is gone, which is lost with the topic then.
 * What it sees becomes a record of the inbox, and counts from its place in the order on.
 */
public final class TopicWatch {
    /** More are left to their silence. */
    private static final int MOST_UNSENT = 10_000;

    private final String owner;
    private final Predicate<String> there;
    private final Map<String, Set<SagaId>> unsent = new TreeMap<>();
    private int asked;

    /**
     * @param owner tells this owner from all others
     * @param there which topics are there as it sees it
     */
    public TopicWatch(String owner, Predicate<String> there) {
        this.owner = owner;
        this.there = there;
    }

    /**
     * A saga with a command that was kept back.
     *
     * @param missingSince since when its partition takes the topic for missing
     */
    public record Unsent(SagaId saga, Instant missingSince) {}

    /** A command of this saga was kept back, since its topic is missing. */
    public void unsent(SagaId saga, String topic) {
        Set<SagaId> sagas = unsent.computeIfAbsent(topic, it -> new LinkedHashSet<>());
        if (sagas.size() < MOST_UNSENT) {
            sagas.add(saga);
        }
    }

    /** Whether there is something to tell, or to look out for. */
    public boolean isBusy(Pauses known) {
        return !unsent.isEmpty() || known.subjects().keySet().stream().anyMatch(missing(known));
    }

    /** What the partition must be told; again and again until it knows. */
    public List<PauseRequest> untold(Pauses known) {
        unsent.keySet().removeIf(there);
        List<PauseRequest> requests = new ArrayList<>();
        for (String topic : unsent.keySet()) {
            if (!known.lasts(PauseSubject.topic(topic))) {
                requests.add(request(PauseSubject.topic(topic), true));
            }
        }
        known.subjects().keySet().stream()
                .filter(missing(known))
                .filter(it -> there.test(it.name()))
                .forEach(it -> requests.add(request(it, false)));
        return requests;
    }

    /**
     * Sagas with a command that was kept back and whose partition knows by now that the topic is
     * missing, each once: asked to look at what is due, they wait for the topic.
     */
    public List<Unsent> told(Pauses known) {
        List<Unsent> told = new ArrayList<>();
        unsent.entrySet()
                .removeIf(
                        it -> {
                            Pausing topic = known.pausing(PauseSubject.topic(it.getKey()));
                            topic.open().ifPresent(open -> add(it.getValue(), open, told));
                            return topic.open().isPresent();
                        });
        return told;
    }

    private static void add(Set<SagaId> sagas, Pausing.Spell open, List<Unsent> told) {
        sagas.forEach(saga -> told.add(new Unsent(saga, open.from())));
    }

    private static Predicate<PauseSubject> missing(Pauses known) {
        return it -> it.kind() == PauseSubject.Kind.TOPIC && known.lasts(it);
    }

    private PauseRequest request(PauseSubject topic, boolean missing) {
        asked++;
        String note = missing ? "the topic is missing" : "the topic is there";
        return new PauseRequest(owner + "-" + asked, topic, missing, "coordinator", note);
    }
}
