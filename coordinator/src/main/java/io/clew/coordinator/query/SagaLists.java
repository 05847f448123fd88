package io.clew.coordinator.query;

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
 * Lists sagas over all instances: each gives up to a page from where its partitions were left, the
 * pages are merged in the order of the list, and what did not fit is asked for again with the
 * cursor.
 */
public final class SagaLists {

    private final EngineView engine;
    private final Peers peers;
    private final Owners owners;

    public SagaLists(EngineView engine, Peers peers) {
        this.engine = engine;
        this.peers = peers;
        this.owners = new Owners(engine);
    }

    /**
     * One page.
     *
     * @param cursor from an earlier page
     * @throws IllegalArgumentException if the cursor is not one
     */
    public SagaPage list(SagaFilter filter, Optional<String> cursor, int limit) {
        String way = filter.walk().word();
        Cursor from =
                cursor.map(it -> Cursor.of(way, it))
                        .orElseGet(() -> Cursor.beginning(way, partitions(filter)));
        List<PartitionPage> pages = new ArrayList<>();
        owners.of(from.after())
                .forEach(
                        (owner, after) -> {
                            ListAsk share = new ListAsk(filter, after, limit);
                            pages.addAll(
                                    owner.isPresent()
                                            ? peers.list(owner.get(), share)
                                            : local(share));
                        });
        Map<Integer, String> missing = new HashMap<>(from.after());
        pages.forEach(page -> missing.remove(page.partition()));
        pages.addAll(copies(new ListAsk(filter, missing, limit)));
        return merge(from, pages, limit);
    }

    private Set<Integer> partitions(SagaFilter filter) {
        Set<Integer> all = owners.partitions();
        filter.saga().map(engine::partitionOf).map(Set::of).ifPresent(all::retainAll);
        return all;
    }

    /**
     * This instance's share, the first of all its partitions; partitions it does not hold are left
     * out.
     */
    public List<PartitionPage> local(ListAsk ask) {
        return new LocalWalk(engine, ask).pages();
    }

    /** What copies here know of partitions whose owners have not answered. */
    private List<PartitionPage> copies(ListAsk ask) {
        return local(ask).stream()
                .map(it -> new PartitionPage(it.partition(), it.lines(), it.next(), true))
                .toList();
    }

    private static SagaPage merge(Cursor from, List<PartitionPage> pages, int limit) {
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
                missing.isEmpty() && !from.after().isEmpty(),
                pages.stream().anyMatch(PartitionPage::standby));
    }
}
