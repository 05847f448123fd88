package io.clew.saga.testkit;

import io.clew.saga.Command;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Delivery;
import io.clew.saga.Direction;
import io.clew.saga.Execution;
import io.clew.saga.FrozenCommand;
import io.clew.saga.Outcome;
import io.clew.saga.Pauses;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaFold;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import io.clew.saga.testkit.SimulatedWire.WireCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The promises that are held against everything while it happens. */
final class Checks {
    private final Map<String, WireCommand> commands = new HashMap<>();
    private final Map<String, Command> identities = new TreeMap<>();
    private final Map<SagaId, Story> live = new TreeMap<>();
    private final List<Story> stories = new ArrayList<>();
    private final Map<SagaId, SagaInstance> folded = new TreeMap<>();
    private final Set<Long> appliedOffsets = new HashSet<>();
    private final Map<DefinitionRef, SagaDefinition> definitions;
    private Results results = new Results();

    Checks(Map<DefinitionRef, SagaDefinition> definitions) {
        this.definitions = definitions;
    }

    /** The same, apart from now on. */
    Checks copy() {
        Checks copy = new Checks(definitions);
        copy.commands.putAll(commands);
        copy.identities.putAll(identities);
        for (Story story : stories) {
            Story again = story.copy();
            copy.stories.add(again);
            copy.live.put(again.saga(), again);
        }
        copy.folded.putAll(folded);
        copy.appliedOffsets.addAll(appliedOffsets);
        copy.results = results.copy();
        return copy;
    }

    /** All that later checks hang on, once these rows are committed. */
    List<Object> memory(SimulatedStore rows) {
        return List.of(
                commands,
                stories.stream().map(Story::memory).toList(),
                folded.equals(rows.instances()));
    }

    /** What child sagas give their parents. */
    Results results() {
        return results;
    }

    List<Story> stories() {
        return stories;
    }

    Optional<SagaInstance> folded(SagaId saga) {
        return Optional.ofNullable(folded.get(saga));
    }

    Collection<Command> sentCommands() {
        return identities.values();
    }

    /** S1, for whatever goes out: committed, aborted or from a zombie. */
    void sent(Command command, WireCommand wire) {
        WireCommand before = commands.putIfAbsent(command.id(), wire);
        if (before != null && !before.equals(wire)) {
            throw new Violation(
                    "S1 one command id, one value and one set of headers",
                    command.saga(),
                    command.id() + " was " + before + " and is " + wire);
        }
        Command first = identities.putIfAbsent(command.identity(), command);
        if (first != null && !first.content().equals(command.content())) {
            throw new Violation(
                    "S1 one execution, one value",
                    command.saga(),
                    command.identity() + " was " + text(first) + " and is " + text(command));
        }
    }

    private static String text(Command command) {
        return TestSaga.text(command.content().value()) + command.content();
    }

    /** S2, S4, S5, S6 and the fold, for each transition that commits. */
    void committed(Transition transition, @Nullable SagaInput cause, Pauses pauses) {
        if (transition.rejection().isEmpty()) {
            nothingSentWhilePaused(transition, pauses.asOf(transition.cause()));
            appliedOnce(transition);
            if (transition.events().get(0) instanceof SagaEvent.SagaStarted started) {
                started(transition, started);
            }
            fold(transition);
            folded(transition.saga()).ifPresent(it -> results.committed(transition, it));
        }
        Story story = live.get(transition.saga());
        if (story == null || story.run() != transition.run()) {
            return;
        }
        for (SagaEvent event : transition.events()) {
            if (event instanceof SagaEvent.Migrated migrated) {
                story.migrated(Objects.requireNonNull(definitions.get(migrated.to())));
            }
            story.apply(event, Agenda.millis(transition.time()));
        }
        if (cause instanceof SagaInput.Reply reply
                && reply.run() == story.run()
                && reply.direction() == Direction.ACTION
                && reply.outcome() instanceof Outcome.Failed) {
            story.refusalHeard(reply.path(), reply.execution());
        }
    }

    /** Invariant 3: a pause holds what is decided, from its place in the order on. */
    private void nothingSentWhilePaused(Transition transition, Pauses pauses) {
        Map<Execution, FrozenCommand> commands = new HashMap<>();
        folded(transition.saga()).stream()
                .flatMap(it -> it.outstanding().stream())
                .forEach(it -> commands.put(it.execution(), it.command()));
        for (SagaEvent event : transition.events()) {
            if (event instanceof SagaEvent.CommandDecided decided) {
                commands.put(decided.execution(), decided.command());
            }
            boolean held =
                    event instanceof SagaEvent.CommandSent sent
                            && Optional.ofNullable(commands.get(sent.execution()))
                                    .flatMap(
                                            it ->
                                                    pauses.holding(
                                                            transition.saga().definition(), it))
                                    .isPresent();
            if (held) {
                throw new Violation("3 a pause holds", transition.saga(), transition.toString());
            }
        }
    }

    /** What is noted of an input that is kept, since it failed. */
    private static boolean notesAFault(SagaEvent event) {
        return event instanceof SagaEvent.SagaStarted
                || event instanceof SagaEvent.IncidentRaised
                || event instanceof SagaEvent.TimerArmed;
    }

    private void appliedOnce(Transition transition) {
        boolean start = transition.events().get(0) instanceof SagaEvent.SagaStarted;
        boolean fault =
                transition.events().stream()
                        .filter(it -> !(start && it instanceof SagaEvent.ArrivalHeld))
                        .allMatch(Checks::notesAFault);
        if (!fault && !appliedOffsets.add(transition.cause().offset())) {
            throw new Violation(
                    "S8 an input is applied once", transition.saga(), "twice: " + transition);
        }
    }

    private void started(Transition transition, SagaEvent.SagaStarted started) {
        Story before = live.get(transition.saga());
        SagaDefinition definition = definitions.get(started.definition());
        if (definition == null) {
            throw new Violation("S8 definitions", transition.saga(), "unknown " + started);
        }
        if (before != null) {
            long free = before.endedAt() + before.definition().uniqueFor().toMillis();
            if (before.end().isEmpty() || Agenda.millis(transition.time()) < free - 1000) {
                throw new Violation(
                        "S6 one live saga per key",
                        transition.saga(),
                        "run "
                                + before.run()
                                + " is not over, but "
                                + transition.run()
                                + " starts");
            }
        }
        Story story = new Story(transition.saga(), transition.run(), definition);
        live.put(transition.saga(), story);
        stories.add(story);
    }

    private void fold(Transition transition) {
        try {
            SagaFold.fold(folded(transition.saga()), transition)
                    .ifPresent(it -> folded.put(it.id(), it));
        } catch (RuntimeException bad) {
            throw new Violation(
                    "S7 status is the fold of the transitions", transition.saga(), "" + bad);
        }
    }

    /** S7 and L2, for the rows a commit has changed, or that a restore brings back. */
    void stored(SimulatedStore store, Set<SagaId> touched) {
        for (SagaId id : touched) {
            Optional<SagaInstance> stored = store.instance(id);
            if (stored.isEmpty()) {
                folded.remove(id);
                continue;
            }
            if (folded(id).filter(store::holds).isEmpty()) {
                throw new Violation(
                        "S7 status is the fold of the transitions",
                        id,
                        "stored is " + stored + " but the fold is " + folded(id));
            }
            waits(store, stored.get());
        }
    }

    /** What the restored rows say must be what was published. */
    void restored(SimulatedStore store) {
        Set<SagaId> all = new TreeSet<>(store.instances().keySet());
        all.addAll(folded.keySet());
        stored(store, all);
    }

    private static boolean isPaused(SagaInstance saga) {
        return saga.waits().stream().anyMatch(it -> it.pausedBy().isPresent())
                || saga.outstanding().stream()
                        .anyMatch(it -> it.delivery() instanceof Delivery.Paused);
    }

    private static void waits(SimulatedStore store, SagaInstance saga) {
        boolean byItself =
                saga.incident().isEmpty()
                        && !saga.isProvisional()
                        && saga.pausedAt().isEmpty()
                        && !isPaused(saga)
                        && store.firstQueued(saga.id()).isEmpty();
        if (saga.timer().isPresent()
                && !store.timers()
                        .contains(new SimulatedStore.TimerRow(saga.timer().get(), saga.id()))) {
            throw new Violation("L2 timers", saga.id(), "no row for " + saga.timer());
        }
        if (byItself && saga.timer().isEmpty()) {
            throw new Violation(
                    "L2 it says what it waits for and until when", saga.id(), "no timer: " + saga);
        }
        boolean nothing = saga.outstanding().isEmpty() && saga.waits().isEmpty();
        if (byItself && !saga.phase().ended() && nothing) {
            throw new Violation(
                    "L2 it says what it waits for and until when",
                    saga.id(),
                    "nothing outstanding: " + saga);
        }
    }
}
