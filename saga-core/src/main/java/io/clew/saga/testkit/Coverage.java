package io.clew.saga.testkit;

import io.clew.saga.Phase;
import io.clew.saga.SagaInstance;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How often each fault met a saga in each phase. */
final class Coverage {
    private final Map<String, Map<Phase, Integer>> counts = new TreeMap<>();

    void fault(String fault, Collection<SagaInstance> sagas) {
        Map<Phase, Integer> phases =
                counts.computeIfAbsent(fault, it -> new EnumMap<>(Phase.class));
        for (SagaInstance saga : sagas) {
            phases.merge(saga.phase(), 1, Integer::sum);
        }
    }

    int of(String fault, Phase phase) {
        return counts.getOrDefault(fault, Map.of()).getOrDefault(phase, 0);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((fault, phases) -> text.append(fault + " " + phases + "\n"));
        return text.toString();
    }
}
