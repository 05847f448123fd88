package io.clew.coordinator.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits where a coordinator begins on an inbox: at its first record. It is done once for each
 * topic; a group that lost some of its offsets later must not guess.
 *
 * <p>A topic that was made anew has its predecessor's name, and so may have its offsets: an engine
 * that still ran commits them late. Which topic was begun on is therefore noted beside them.
 *
 * @param admin asks and tells the broker
 * @param settings names group and inbox
 * @param topicId the inbox as it is now
 */
record InboxStart(Admin admin, EngineSettings settings, String topicId) {
    private static final long LIMIT_SECONDS = 15;

    void ensure() throws ExecutionException, InterruptedException, TimeoutException {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < settings.inboxPartitions(); partition++) {
            all.add(new TopicPartition(settings.topics().inbox(), partition));
        }
        if (settings.adoptInboxTopicId().equals(Optional.of(topicId)) && !begun(all.get(0))) {
            begin(all);
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = committed(settings.applicationId());
        committed.keySet().retainAll(all);
        if (committed.size() == all.size()) {
            return;
        }
        if (!committed.isEmpty()) {
            throw new InboxUnfitException(
                    "Expected committed offsets for all partitions of "
                            + (settings.topics().inbox() + " or for none but got " + committed));
        }
        begin(all);
    }

    /** The group whose only offset carries the id of the topic that was begun on. */
    private String note() {
        return settings.applicationId() + "-begun";
    }

    private boolean begun(TopicPartition first)
            throws ExecutionException, InterruptedException, TimeoutException {
        OffsetAndMetadata noted = committed(note()).get(first);
        return noted != null && noted.metadata().equals(topicId);
    }

    private void begin(List<TopicPartition> all)
            throws ExecutionException, InterruptedException, TimeoutException {
        commit(settings.applicationId(), first(all));
        commit(note(), Map.of(all.get(0), new OffsetAndMetadata(0, topicId)));
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                new HashMap<>(
                        admin.listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata()
                                .get(LIMIT_SECONDS, TimeUnit.SECONDS));
        committed.values().removeIf(Objects::isNull);
        return committed;
    }

    private Map<TopicPartition, OffsetAndMetadata> first(List<TopicPartition> all)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        all.forEach(partition -> ask.put(partition, OffsetSpec.earliest()));
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        admin.listOffsets(ask)
                .all()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                .forEach((at, info) -> offsets.put(at, new OffsetAndMetadata(info.offset())));
        return offsets;
    }

    private void commit(String group, Map<TopicPartition, OffsetAndMetadata> offsets)
            throws ExecutionException, InterruptedException, TimeoutException {
        admin.alterConsumerGroupOffsets(group, offsets).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
