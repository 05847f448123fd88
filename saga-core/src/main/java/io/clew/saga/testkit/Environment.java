package io.clew.saga.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What may differ between a run and its replay: which topics are there, whether the registry can be
 * reached, whether a defect of a mapping has been mended. A topic may be deleted and made again.
 */
final class Environment {
    private final Map<String, Long> topicsFrom = new TreeMap<>();
    private final Map<String, Gap> gaps = new TreeMap<>();
    private final long registryAwayFrom;
    private final long registryAwayUntil;
    private final long mendedAt;
    private Moment moment = new Moment(0, 0, 0);
    private boolean allReadable;

    Environment(Dice dice, List<String> topics, long faultsUntil) {
        for (String topic : topics) {
            long from = dice.chance(0.25) ? dice.between(1, (int) faultsUntil) : 0;
            topicsFrom.put(topic, from);
            if (dice.chance(0.2) && from < faultsUntil) {
                int gone = dice.between((int) from + 1, (int) faultsUntil);
                gaps.put(topic, new Gap(gone, dice.between(gone, (int) faultsUntil)));
            }
        }
        registryAwayFrom = dice.between(0, (int) faultsUntil);
        registryAwayUntil =
                Math.min(faultsUntil, registryAwayFrom + (dice.chance(0.7) ? 1 : 0) * 20_000L);
        mendedAt = dice.chance(0.3) ? dice.between(0, (int) faultsUntil) : 0;
    }

    /**
     * What a decision sees of the world.
     *
     * @param time whether the registry can be reached
     * @param topics which topics its owner has seen: it looks at its start and every now and then
     * @param binary since when its owner runs, and so which defects it has; none returns
     */
    record Moment(long time, long topics, long binary) {}

    /** A topic is deleted, and made again. */
    private record Gap(long gone, long back) {
        boolean holds(long time) {
            return time >= gone && time < back;
        }
    }

    /** The next decision sees the world as of this moment. */
    void moment(Moment next) {
        moment = next;
    }

    Moment moment() {
        return moment;
    }

    /** As in a replay much later: whatever is wanted to read is there. */
    void allReadable(boolean readable) {
        allReadable = readable;
    }

    /** Whether there is, or was, such a topic at that time. */
    boolean there(String topic, long time) {
        Gap gap = gaps.get(topic);
        return topicsFrom.getOrDefault(topic, 0L) <= time && (gap == null || !gap.holds(time));
    }

    boolean registryAway() {
        return !allReadable
                && moment.time() >= registryAwayFrom
                && moment.time() < registryAwayUntil;
    }

    /** When a binary comes in which mappings are mended, if some are broken. */
    Optional<Long> upgrade() {
        return everBroken() ? Optional.of(mendedAt) : Optional.empty();
    }

    /** Whether some mapping fails until an upgrade. */
    boolean everBroken() {
        return mendedAt > 0;
    }

    /** Whether the mapping of this step still fails for this saga. */
    boolean broken(String saga, String step) {
        return moment.binary() < mendedAt && Math.floorMod((saga + step).hashCode(), 6) == 0;
    }
}
