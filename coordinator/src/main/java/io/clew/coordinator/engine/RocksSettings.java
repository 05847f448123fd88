package io.clew.coordinator.engine;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One cache and one limit of unwritten data for all partitions of this process: each with its own
 * would take gigabytes.
 */
public final class RocksSettings implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 96L << 20;
    private static final long UNWRITTEN_BYTES = 48L << 20;
    private static final int FILTER_BITS = 10;
    private static final int ANY_SHARDS = -1;

    /**
     * Of the cache. Whoever walks over many rows, such as to count open sagas, must not drive out
     * what every single read needs.
     */
    private static final double KEPT_FOR_INDEXES = 0.5;

    static {
        org.rocksdb.RocksDB.loadLibrary();
    }

    private static final Cache CACHE =
            new LRUCache(CACHE_BYTES, ANY_SHARDS, false, KEPT_FOR_INDEXES);
    private static final WriteBufferManager UNWRITTEN =
            new WriteBufferManager(UNWRITTEN_BYTES, CACHE);

    private final Filter filter = new BloomFilter(FILTER_BITS);

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setFilterPolicy(filter);
        table.setWholeKeyFiltering(true);
        options.setWriteBufferManager(UNWRITTEN);
        options.setWriteBufferSize(8L << 20);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String store, Options options) {
        filter.close();
    }
}
