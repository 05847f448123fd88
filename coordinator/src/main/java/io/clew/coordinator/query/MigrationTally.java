package io.clew.coordinator.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of sagas that were to be migrated.
 *
 * @param migrated how many were, or would be
 * @param refused how many cannot be
 * @param unanswered how many were asked but have not answered; they may still be migrated
 * @param reasons why, each with those it is said of; a saga may have several
 */
public record MigrationTally(
        int migrated, int refused, int unanswered, Map<String, Refusal> reasons) {
    static final MigrationTally NONE = new MigrationTally(0, 0, 0, Map.of());

    private static final int MAX_REASONS = 50;
    private static final int MAX_EXAMPLES = 5;
    private static final String OTHER = "other reasons";

    public MigrationTally {
        reasons = Map.copyOf(reasons);
    }

    /**
     * What one reason is said of.
     *
     * @param sagas how many
     * @param examples ids of a few of them
     */
    public record Refusal(int sagas, List<String> examples) {
        public Refusal {
            examples = List.copyOf(examples);
        }

        private Refusal plus(Refusal more) {
            List<String> all = new ArrayList<>(examples);
            all.addAll(more.examples);
            return new Refusal(
                    sagas + more.sagas, all.subList(0, Math.min(MAX_EXAMPLES, all.size())));
        }
    }

    static MigrationTally ofMigrated() {
        return new MigrationTally(1, 0, 0, Map.of());
    }

    static MigrationTally ofUnanswered() {
        return new MigrationTally(0, 0, 1, Map.of());
    }

    static MigrationTally ofRefused(String saga, List<String> reasons) {
        Map<String, Refusal> said = new TreeMap<>();
        reasons.forEach(it -> said.put(it, new Refusal(1, List.of(saga))));
        return new MigrationTally(0, 1, 0, said);
    }

    int asked() {
        return migrated + refused + unanswered;
    }

    MigrationTally plus(MigrationTally more) {
        Map<String, Refusal> all = new TreeMap<>(reasons);
        more.reasons.forEach(
                (reason, refusal) -> {
                    boolean known = all.containsKey(reason) || all.size() < MAX_REASONS;
                    all.merge(known ? reason : OTHER, refusal, Refusal::plus);
                });
        return new MigrationTally(
                migrated + more.migrated,
                refused + more.refused,
                unanswered + more.unanswered,
                all);
    }
}
