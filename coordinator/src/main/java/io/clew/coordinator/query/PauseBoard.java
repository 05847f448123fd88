package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clew.saga.PauseSubject;
import io.clew.saga.Pauses;
import io.clew.saga.Pausing;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is paused as a whole, as the partitions of this instance have heard. */
public final class PauseBoard {

    private final EngineView engine;

    public PauseBoard(EngineView engine) {
        this.engine = engine;
    }

    /**
     * One pause. Each partition takes it in its own order, so for a moment not all may have.
     *
     * @param kind definition or participant; or topic, if one is missing
     * @param since when the first partition took it, in log time
     * @param actor who asked for it
     * @param note why
     * @param partitions how many partitions here have taken it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record PauseView(
            String kind, String name, Instant since, String actor, String note, int partitions) {

        private static PauseView of(PauseSubject subject, Pausing pausing, Instant since) {
            return new PauseView(
                    subject.kind().name().toLowerCase(Locale.ROOT),
                    subject.name(),
                    since,
                    pausing.actor(),
                    pausing.note(),
                    1);
        }

        private PauseView and(PauseView other) {
            return new PauseView(
                    kind,
                    name,
                    since.isBefore(other.since) ? since : other.since,
                    actor,
                    note,
                    partitions + other.partitions);
        }
    }

    /**
     * All pauses that last.
     *
     * @param pauses by kind and name
     * @param partitions how many partitions were looked at; none if this instance holds none
     */
    public record PauseList(List<PauseView> pauses, int partitions) {}

    /** What the partitions this instance owns say. */
    public PauseList list() {
        Map<PauseSubject, PauseView> pauses = new TreeMap<>();
        int looked = 0;
        for (int partition : new Owners(engine).here()) {
            Optional<Pauses> here = read(partition);
            if (here.isPresent()) {
                looked++;
                here.get().subjects().forEach((subject, it) -> add(pauses, subject, it));
            }
        }
        return new PauseList(List.copyOf(pauses.values()), looked);
    }

    /** Other instances that own partitions. */
    public List<URI> owners() {
        return engine.placements().values().stream()
                .flatMap(it -> it.owner().stream())
                .distinct()
                .toList();
    }

    private static void add(
            Map<PauseSubject, PauseView> pauses, PauseSubject subject, Pausing pausing) {
        pausing.open()
                .map(it -> PauseView.of(subject, pausing, it.from()))
                .ifPresent(it -> pauses.merge(subject, it, PauseView::and));
    }

    private Optional<Pauses> read(int partition) {
        try {
            return Optional.of(engine.pauses(partition));
        } catch (EngineView.NotHereException moved) {
            return Optional.empty();
        }
    }
}
