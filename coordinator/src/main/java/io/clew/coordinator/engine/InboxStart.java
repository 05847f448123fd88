package io.clew.coordinator.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits where a new coordinator begins: at the first record of the inbox. It is done once; a
 * group that lost some of its offsets later must not guess.
 *
 * @param admin asks and tells the broker
 * @param settings names group and inbox
 */
record InboxStart(Admin admin, EngineSettings settings) {
    private static final long LIMIT_SECONDS = 15;

    void ensure() throws ExecutionException, InterruptedException, TimeoutException {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < settings.inboxPartitions(); partition++) {
            all.add(new TopicPartition(settings.topics().inbox(), partition));
        }
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(committed());
        committed.values().removeIf(java.util.Objects::isNull);
        committed.keySet().retainAll(all);
        if (committed.size() == all.size()) {
            return;
        }
        if (!committed.isEmpty()) {
            throw new InboxUnfitException(
                    "Expected committed offsets for all partitions of "
                            + (settings.topics().inbox() + " or for none but got " + committed));
        }
        commit(all);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed()
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.listConsumerGroupOffsets(settings.applicationId())
                .partitionsToOffsetAndMetadata()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void commit(List<TopicPartition> all)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        all.forEach(partition -> ask.put(partition, OffsetSpec.earliest()));
        Map<TopicPartition, ListOffsetsResultInfo> first =
                admin.listOffsets(ask).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        first.forEach((at, info) -> offsets.put(at, new OffsetAndMetadata(info.offset())));
        admin.alterConsumerGroupOffsets(settings.applicationId(), offsets)
                .all()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
