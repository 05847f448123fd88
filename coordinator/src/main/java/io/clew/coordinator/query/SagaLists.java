package io.clew.coordinator.query;

import io.clew.coordinator.engine.Walk;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists sagas over all instances: each partition gives up to a page from where it was left, the
 * pages are merged in the order of the list, and what did not fit is asked for again with the
 * cursor.
 */
public final class SagaLists {

    /** How many rows one partition looks at for one page. */
    private static final int ROWS_PER_PAGE = 5_000;

    private static final int ROWS_AT_ONCE = 500;

    private final EngineView engine;
    private final Peers peers;

    public SagaLists(EngineView engine, Peers peers) {
        this.engine = engine;
        this.peers = peers;
    }

    /**
     * One page.
     *
     * @param cursor from an earlier page
     * @throws IllegalArgumentException if the cursor is not one
     */
    public SagaPage list(SagaFilter filter, Optional<String> cursor, int limit) {
        Map<Integer, EngineView.Placement> placements = engine.placements();
        String way = filter.walk().word();
        Cursor from =
                cursor.map(it -> Cursor.of(way, it))
                        .orElseGet(() -> Cursor.beginning(way, placements.keySet()));
        List<PartitionPage> pages = new ArrayList<>();
        Map<URI, Map<Integer, String>> elsewhere = new HashMap<>();
        Map<Integer, String> here = new HashMap<>();
        from.after()
                .forEach(
                        (partition, after) -> {
                            EngineView.Placement placement = placements.get(partition);
                            if (placement != null && placement.here()) {
                                here.put(partition, after);
                            } else if (placement != null && placement.owner().isPresent()) {
                                elsewhere
                                        .computeIfAbsent(
                                                placement.owner().get(), it -> new HashMap<>())
                                        .put(partition, after);
                            }
                        });
        pages.addAll(local(new ListAsk(filter, here, limit)));
        elsewhere.forEach(
                (node, after) -> pages.addAll(peers.list(node, new ListAsk(filter, after, limit))));
        return merge(from, pages, limit, placements.isEmpty());
    }

    /** This instance's share; partitions it does not hold are left out. */
    public List<PartitionPage> local(ListAsk ask) {
        List<PartitionPage> pages = new ArrayList<>();
        ask.after()
                .forEach(
                        (partition, after) -> {
                            try {
                                pages.add(walk(ask, partition, after));
                            } catch (EngineView.NotHereException gone) {
                                // The caller sees that the partition is missing.
                            }
                        });
        return pages;
    }

    private PartitionPage walk(ListAsk ask, int partition, String after) {
        List<PartitionPage.Line> found = new ArrayList<>();
        Walk walk = ask.filter().walk();
        String last = after;
        for (int rows = 0; rows < ROWS_PER_PAGE; rows += ROWS_AT_ONCE) {
            List<EngineView.Walked> chunk = engine.walk(partition, walk, last, ROWS_AT_ONCE);
            for (EngineView.Walked walked : chunk) {
                last = walked.at();
                if (ask.filter().shows(walked)) {
                    found.add(new PartitionPage.Line(last, SagaSummary.of(walked)));
                }
                if (found.size() >= ask.limit()) {
                    return new PartitionPage(partition, found, Optional.of(last));
                }
            }
            if (chunk.size() < ROWS_AT_ONCE) {
                return new PartitionPage(partition, found, Optional.empty());
            }
        }
        return new PartitionPage(partition, found, Optional.of(last));
    }

    private static SagaPage merge(
            Cursor from, List<PartitionPage> pages, int limit, boolean nobody) {
        record Line(int partition, String at, SagaSummary saga) {}
        List<Line> lines = new ArrayList<>();
        Map<Integer, String> after = new TreeMap<>(from.after());
        for (PartitionPage page : pages) {
            page.lines().forEach(it -> lines.add(new Line(page.partition(), it.at(), it.saga())));
            page.next()
                    .ifPresentOrElse(
                            next -> after.put(page.partition(), next),
                            () -> after.remove(page.partition()));
        }
        lines.sort(Comparator.comparing(Line::at));
        List<Line> shown = lines.subList(0, Math.min(limit, lines.size()));
        Set<Integer> cut = new HashSet<>();
        lines.subList(shown.size(), lines.size()).forEach(line -> cut.add(line.partition()));
        cut.forEach(partition -> after.put(partition, from.after().getOrDefault(partition, "")));
        shown.stream()
                .filter(line -> cut.contains(line.partition()))
                .forEach(line -> after.put(line.partition(), line.at()));
        Set<Integer> missing = new HashSet<>(from.after().keySet());
        pages.forEach(page -> missing.remove(page.partition()));
        return new SagaPage(
                shown.stream().map(Line::saga).toList(),
                after.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Cursor(from.way(), after).text()),
                missing.isEmpty() && !nobody);
    }
}
