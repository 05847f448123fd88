package io.clew.coordinator.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the engine runs.
 *
 * @param bootstrapServers addresses of the brokers
 * @param applicationId names the coordinator; for ever, with all it has stored
 * @param topics names of its own topics
 * @param inboxPartitions how many partitions the inbox has; for ever
 * @param minInboxRetention the inbox must keep records at least this long
 * @param createTopics whether it makes topics of its own that are missing
 * @param replication replicas of what it makes
 * @param threads stream threads
 * @param standbys copies of the state on other instances
 * @param profile what to favour
 * @param stateDir where rows are kept
 * @param applicationServer {@code host:port} other instances reach this one at
 * @param adoptInboxTopicId id of a new inbox topic that is to be taken for the old one
 * @param maxRecordBytes largest record it sends
 * @param maxRowBytes largest row it stores
 * @param overrides further client and Streams settings, as they are
 */
public record EngineSettings(
        String bootstrapServers,
        String applicationId,
        EngineTopics topics,
        int inboxPartitions,
        Duration minInboxRetention,
        boolean createTopics,
        short replication,
        int threads,
        int standbys,
        Profile profile,
        String stateDir,
        String applicationServer,
        Optional<String> adoptInboxTopicId,
        int maxRecordBytes,
        int maxRowBytes,
        Map<String, String> overrides) {
    public static final int DEFAULT_PARTITIONS = 32;
    public static final int DEFAULT_MAX_RECORD_BYTES = 1_000_000;
    public static final int DEFAULT_MAX_ROW_BYTES = 2 << 20;

    /** What a coordinator favours. */
    public enum Profile {
        LATENCY,
        THROUGHPUT
    }

    public EngineSettings {
        overrides = Map.copyOf(overrides);
        if (inboxPartitions < 1 || threads < 1 || standbys < 0) {
            throw new IllegalArgumentException(
                    "Expected partitions and threads from 1 and standbys from 0 but got "
                            + (inboxPartitions + ", " + threads + ", " + standbys));
        }
    }

    /** Defaults for one instance. */
    public static EngineSettings of(
            String bootstrapServers, int inboxPartitions, String stateDir, String server) {
        return new EngineSettings(
                bootstrapServers,
                "clew-coordinator",
                EngineTopics.DEFAULT,
                inboxPartitions,
                Duration.ofDays(7),
                false,
                (short) 1,
                1,
                0,
                Profile.LATENCY,
                stateDir,
                server,
                Optional.empty(),
                DEFAULT_MAX_RECORD_BYTES,
                DEFAULT_MAX_ROW_BYTES,
                Map.of());
    }
}
