package io.clew.coordinator.ingress;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.definitions.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who listens to a topic at one moment.
 *
 * @param definitions all versions that do, whether they take new sagas or not
 * @param rollouts by name which versions take new sagas; all they name are among those there are
 * @param lame names of definitions whose active version cannot run on this release
 */
record Listening(
        List<AppliedDefinition> definitions, Map<String, Rollout> rollouts, Set<String> lame) {

    Rollout rollout(String name) {
        return rollouts.getOrDefault(name, Rollout.NONE);
    }

    static Listening to(String topic, AppliedDefinitions all) {
        // First, or a version could seem to be missing that takes what another gave up.
        Map<String, Rollout> rollouts = all.rollouts();
        Set<String> lame =
                rollouts.entrySet().stream()
                        .filter(it -> isLame(it.getKey(), it.getValue(), all))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
        return new Listening(definitions(topic, all), rollouts, lame);
    }

    /** All versions that listen to a topic. */
    static List<AppliedDefinition> definitions(String topic, AppliedDefinitions all) {
        return all.all().stream().filter(it -> it.listensTo(topic)).toList();
    }

    private static boolean isLame(String name, Rollout rollout, AppliedDefinitions all) {
        return rollout.active().filter(it -> all.get(name, it).isEmpty()).isPresent();
    }
}
