package io.clew.saga.testkit;

import io.clew.saga.DefinitionRef;
import io.clew.saga.Outcome;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the sagas of one world meet, and where they stand then. */
final class Encounters {
    private final Coverage coverage;
    private final Map<DefinitionRef, SagaDefinition> definitions;
    private final Map<DefinitionRef, Whereabouts> whereabouts = new HashMap<>();

    /** Faults a saga has met since its last input. */
    private final Map<SagaId, Set<SimulatedFault>> lately = new TreeMap<>();

    Encounters(Coverage coverage, Map<DefinitionRef, SagaDefinition> definitions) {
        this.coverage = coverage;
        this.definitions = definitions;
    }

    void fault(SimulatedFault fault, Collection<SagaInstance> sagas) {
        coverage.fault(fault, sagas);
        for (SagaInstance saga : sagas) {
            lately.computeIfAbsent(saga.id(), it -> EnumSet.noneOf(SimulatedFault.class))
                    .add(fault);
            coverage.faultAt(fault, nodes(saga));
        }
    }

    /** Something was asked of sagas, or told them. */
    void came(String what, Collection<SagaInstance> sagas) {
        coverage.came(what, sagas);
    }

    /** An input has changed a saga. */
    void applied(Optional<SagaInstance> before, Transition transition, @Nullable SagaInput input) {
        boolean same = before.filter(it -> it.run() == transition.run()).isPresent();
        if (!same || input == null || transition.rejection().isPresent()) {
            return;
        }
        SagaInstance saga = before.orElseThrow();
        Set<SimulatedFault> faults = lately.getOrDefault(saga.id(), Set.of());
        for (NodeKind node : nodes(saga)) {
            coverage.input(new Coverage.Place(node, saga.phase()), kind(input), faults);
        }
        lately.remove(saga.id());
    }

    private Set<NodeKind> nodes(SagaInstance saga) {
        SagaDefinition definition = definitions.get(saga.definition());
        return definition == null
                ? Set.of()
                : whereabouts
                        .computeIfAbsent(saga.definition(), it -> new Whereabouts(definition))
                        .of(saga);
    }

    private static String kind(SagaInput input) {
        return switch (input) {
            case SagaInput.Reply reply ->
                    switch (reply.outcome()) {
                        case Outcome.Succeeded ignored -> Coverage.SUCCESS;
                        case Outcome.Failed ignored -> Coverage.REFUSAL;
                        case Outcome.Erred ignored -> Coverage.ERROR;
                        case Outcome.Progress ignored -> Coverage.PROGRESS;
                    };
            case SagaInput.Intervention asked -> asked.request().word();
            case SagaInput other -> other.kind();
        };
    }
}
