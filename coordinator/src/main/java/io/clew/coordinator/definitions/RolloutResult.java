package io.clew.coordinator.definitions;

import java.util.List;

/** What became of a wish to change a rollout. */
public sealed interface RolloutResult {

    /** It stands, now or by the same request before. */
    record Stands(Rollout rollout) implements RolloutResult {}

    /** There is no such definition. */
    record Unknown() implements RolloutResult {}

    /** It cannot be, for each of these reasons; each says what to do. */
    record Refused(List<String> faults) implements RolloutResult {}

    /** The rollout is not the one the wish was based on any more. */
    record Overtaken(Rollout rollout) implements RolloutResult {}

    /** Broker or registry do not answer; the same call may work later. */
    record Unavailable(String reason) implements RolloutResult {}
}
