package io.clew.saga;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The immutable, versioned steps of a saga, compiled and ready to run.
 *
 * @param ref name, version and content hash
 * @param deadline forward work ends by then, counted from the start, or is compensated
 * @param retention how long an ended saga stays queryable
 * @param uniqueFor how long after its end a saga's key stays taken
 * @param steps in their order
 */
public record SagaDefinition(
        DefinitionRef ref,
        Duration deadline,
        Duration retention,
        Duration uniqueFor,
        List<Step> steps) {
    public SagaDefinition {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one step in " + ref);
        }
        Set<String> names = new HashSet<>();
        for (Step step : steps) {
            if (!names.add(step.name())) {
                throw new IllegalArgumentException(
                        "Expected unique step names in "
                                + ref
                                + " but got "
                                + step.name()
                                + " twice");
            }
        }
    }

    /**
     * The step of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Step step(String name) {
        return steps.get(indexOf(name));
    }

    /** Index of the step of this name, from 0. */
    public int indexOf(String name) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("Expected a step of " + ref + " but got " + name);
    }

    public boolean hasPivot() {
        return steps.stream().anyMatch(step -> step.kind() == StepKind.PIVOT);
    }
}
