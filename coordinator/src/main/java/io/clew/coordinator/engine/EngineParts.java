package io.clew.coordinator.engine;

import io.clew.avro.SchemaStatus;
import io.clew.coordinator.wire.Inbox;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.saga.Definitions;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What all processors of one instance share.
 *
 * @param settings how the engine runs
 * @param inboxTopicId the broker's id of the inbox topic
 * @param transitionSchemaId id of the schema of transitions
 * @param definitions the definitions seen so far
 * @param topics which topics are there as far as this instance knows
 * @param schemas what is known about a schema id, without blocking
 * @param tokens the keys command tokens are made with
 * @param sender puts records into the inbox
 * @param listener hears of transitions
 * @param commits how many commits of all that was written there have been, by the thread that asks
 * @param progress how far each partition is
 * @param metrics what is counted
 * @param refused called when a partition refuses the inbox
 */
record EngineParts(
        EngineSettings settings,
        String inboxTopicId,
        int transitionSchemaId,
        Definitions definitions,
        Predicate<String> topics,
        IntFunction<SchemaStatus> schemas,
        TokenKeys tokens,
        InboxSender sender,
        TransitionListener listener,
        LongSupplier commits,
        PartitionProgress progress,
        EngineMetrics metrics,
        Runnable refused) {

    Inbox inbox() {
        return new Inbox(settings.topics().inbox(), settings.inboxPartitions());
    }
}
