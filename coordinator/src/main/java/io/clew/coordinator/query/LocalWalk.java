package io.clew.coordinator.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Walks through the partitions held here at once, in the order of the list: what stands behind the
 * last saga of a page is not read.
 */
final class LocalWalk {

    /** How many rows are looked at for one page, for each partition that is asked for. */
    private static final int ROWS_PER_PAGE = 5_000;

    private final int limit;
    private final long mostRows;
    private final List<PartitionWalk> walks = new ArrayList<>();
    private final PriorityQueue<PartitionWalk> waiting =
            new PriorityQueue<>(Comparator.comparing(PartitionWalk::next));

    LocalWalk(EngineView engine, ListAsk ask) {
        this.limit = ask.limit();
        this.mostRows = (long) ROWS_PER_PAGE * ask.after().size();
        ask.after()
                .forEach(
                        (partition, after) -> {
                            PartitionWalk walk = new PartitionWalk(engine, ask, partition, after);
                            walks.add(walk);
                            goOn(walk);
                        });
    }

    /** The pages of the partitions that are held here, all together one page. */
    List<PartitionPage> pages() {
        long rows = 0;
        while (found() < limit && rows < mostRows && !waiting.isEmpty()) {
            PartitionWalk first = waiting.poll();
            first.take();
            goOn(first);
            rows++;
        }
        return walks.stream().filter(walk -> !walk.gone()).map(PartitionWalk::page).toList();
    }

    private int found() {
        return walks.stream().mapToInt(PartitionWalk::found).sum();
    }

    private void goOn(PartitionWalk walk) {
        if (walk.hasNext()) {
            waiting.add(walk);
        }
    }
}
