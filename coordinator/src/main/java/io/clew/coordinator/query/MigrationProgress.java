package io.clew.coordinator.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a migration has got.
 *
 * @param operationId names it; the same again gets from each saga the answer it gave before
 * @param asked how many sagas this call has looked at: the sum of the next three
 * @param migrated how many go on by the other version now, or would
 * @param refused how many stay on theirs
 * @param unanswered how many have not answered in time; the same request again finds them
 * @param reasons why sagas were refused, the commonest first
 * @param complete whether all partitions have been gone through and all sagas have answered
 * @param cursor hands out the rest, if partitions are left; not while sagas are unanswered, which
 *     only a look from the beginning finds
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MigrationProgress(
        String operationId,
        boolean dryRun,
        int asked,
        int migrated,
        int refused,
        int unanswered,
        List<Reason> reasons,
        boolean complete,
        Optional<String> cursor) {

    /** Why, how many sagas, and a few of them. */
    public record Reason(String reason, int sagas, List<String> examples) {}

    static MigrationProgress of(
            MigrationOrder order, MigrationTally tally, Map<Integer, String> left) {
        return new MigrationProgress(
                order.operationId(),
                order.dryRun(),
                tally.asked(),
                tally.migrated(),
                tally.refused(),
                tally.unanswered(),
                tally.reasons().entrySet().stream()
                        .map(it -> reason(it.getKey(), it.getValue()))
                        .sorted(
                                Comparator.comparingInt(Reason::sagas)
                                        .reversed()
                                        .thenComparing(Reason::reason))
                        .toList(),
                left.isEmpty() && tally.unanswered() == 0,
                left.isEmpty() || tally.unanswered() > 0
                        ? Optional.empty()
                        : Optional.of(new Cursor(order.way(), left).text()));
    }

    private static Reason reason(String reason, MigrationTally.Refusal refusal) {
        return new Reason(reason, refusal.sagas(), refusal.examples());
    }
}
