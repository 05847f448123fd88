package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the inbox is the topic this partition's rows come from. A topic made anew starts again at
 * offset 0, so its records would be taken for old ones.
 */
final class InboxIdentity {
    private final String topicId;
    private final Optional<String> refusal;
    private boolean recorded;

    private InboxIdentity(String topicId, boolean recorded, Optional<String> refusal) {
        this.topicId = topicId;
        this.recorded = recorded;
        this.refusal = refusal;
    }

    static InboxIdentity of(StoreRows rows, EngineParts parts) {
        String topicId = parts.inboxTopicId();
        List<String> topics = rows.inboxTopics();
        String known = topics.isEmpty() ? topicId : topics.get(topics.size() - 1);
        boolean adopted = parts.settings().adoptInboxTopicId().equals(Optional.of(topicId));
        if (known.equals(topicId) || adopted) {
            boolean recorded = !topics.isEmpty() && known.equals(topicId);
            return new InboxIdentity(topicId, recorded, Optional.empty());
        }
        return new InboxIdentity(
                topicId,
                true,
                Optional.of(
                        "Expected the inbox topic with id "
                                + known
                                + " but it now has id "
                                + topicId
                                + "; its sagas stand still until the new topic is adopted"));
    }

    Optional<String> refusal() {
        return refusal;
    }

    /**
     * Notes the topic with the first record: it stands behind those before it from then on.
     *
     * @throws IllegalStateException if this partition refuses to process
     */
    void check(StoreRows rows) {
        if (refusal.isPresent()) {
            throw new IllegalStateException(refusal.get());
        }
        if (!recorded) {
            List<String> topics = new ArrayList<>(rows.inboxTopics());
            topics.add(topicId);
            rows.put(Keys.TOPICS, String.join(" ", topics).getBytes(UTF_8));
            recorded = true;
        }
    }
}
