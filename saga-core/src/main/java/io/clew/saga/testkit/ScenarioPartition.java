package io.clew.saga.testkit;

import io.clew.saga.Batch;
import io.clew.saga.BatchWriter;
import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Delivery;
import io.clew.saga.Effect;
import io.clew.saga.Execution;
import io.clew.saga.InputCodec;
import io.clew.saga.Marker;
import io.clew.saga.Outcome;
import io.clew.saga.ParentCall;
import io.clew.saga.PauseRequest;
import io.clew.saga.Position;
import io.clew.saga.RawInput;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaFold;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaMachine;
import io.clew.saga.SagaShell;
import io.clew.saga.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The partition of the inbox that a {@link SagaScenario} plays on, with one saga in it. */
final class ScenarioPartition {
    private static final int MOST_TIMERS = 10_000;

    private final SagaDefinition definition;
    private final List<SagaDefinition> further;
    private final PlainWire wire = new PlainWire();
    private final MemoryStore store = new MemoryStore();
    private final SagaShell<Batch> shell;
    private final Deque<Command> unexpected = new ArrayDeque<>();
    private final List<Command> sent = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private final Deque<SagaInput.Reply> answers = new ArrayDeque<>();
    private final List<SagaId> toldChildren = new ArrayList<>();
    private final Set<SimulatedStore.TimerRow> fired = new HashSet<>();
    private SagaId saga = new SagaId("none:none");
    private Optional<SagaInstance> folded = Optional.empty();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long offset;
    private boolean registry = true;
    private boolean definitionsHere = true;

    ScenarioPartition(SagaDefinition definition, List<SagaDefinition> further) {
        this.definition = definition;
        this.further = further;
        shell = new SagaShell<>(new Codec(), this::find, store, new Writer());
    }

    private Optional<SagaDefinition> find(DefinitionRef ref) {
        return Stream.concat(Stream.of(definition), further.stream())
                .filter(it -> definitionsHere && it.ref().equals(ref))
                .findFirst();
    }

    void ask(PauseRequest request) {
        Position position = new Position("inbox", 0, offset);
        offset++;
        shell.process(wire.encode(position, now, request));
        boolean goesOn =
                !request.pause() && instance().filter(ScenarioPartition::isPaused).isPresent();
        if (goesOn) {
            append(new SagaInput.TimerFired(now));
        }
    }

    private static boolean isPaused(SagaInstance saga) {
        return saga.waits().stream().anyMatch(it -> it.pausedBy().isPresent())
                || saga.outstanding().stream()
                        .anyMatch(it -> it.delivery() instanceof Delivery.Paused);
    }

    void means(String businessKey) {
        saga = SagaId.of(definition.ref().name(), businessKey);
    }

    void trigger(String businessKey) {
        trigger(businessKey, Bytes.utf8(businessKey), Map.of());
    }

    void trigger(String businessKey, ParentCall call) {
        trigger(businessKey, Bytes.utf8(businessKey), Map.of(), Optional.of(call));
    }

    void trigger(String businessKey, Bytes event, Map<String, String> index) {
        trigger(businessKey, event, index, Optional.empty());
    }

    private void trigger(
            String businessKey, Bytes event, Map<String, String> index, Optional<ParentCall> call) {
        means(businessKey);
        append(
                new SagaInput.Trigger(
                        definition.ref(),
                        SagaMachine.LOGIC_VERSION,
                        event,
                        index,
                        Optional.empty(),
                        Optional.empty(),
                        call));
    }

    void reply(long run, Execution execution, int attempt, Outcome outcome) {
        append(
                new SagaInput.Reply(
                        run,
                        execution.path(),
                        execution.direction(),
                        execution.number(),
                        attempt,
                        outcome));
    }

    void append(SagaInput input) {
        Position position = new Position("inbox", 0, offset);
        offset++;
        RawInput raw = wire.encode(saga, position, now, input);
        shell.process(raw);
        drain();
        agree();
    }

    void drain() {
        shell.drain(saga, 100);
        agree();
    }

    void pass(Duration time) {
        Instant until = now.plus(time);
        for (int i = 0; i < MOST_TIMERS; i++) {
            Optional<SimulatedStore.TimerRow> due =
                    store.timers().stream()
                            .filter(it -> !fired.contains(it) && !it.dueAt().isAfter(until))
                            .findFirst();
            if (due.isEmpty()) {
                now = until;
                return;
            }
            now = now.isAfter(due.get().dueAt()) ? now : due.get().dueAt();
            fired.add(due.get());
            append(new SagaInput.TimerFired(due.get().dueAt()));
            fired.retainAll(store.timers());
        }
        throw new AssertionError("Expected at most " + MOST_TIMERS + " timers\n" + story());
    }

    /** The stored instance is the fold of its transitions, and its timer row is the one it has. */
    private void agree() {
        Optional<SagaInstance> stored = instance();
        if (stored.isEmpty()) {
            return;
        }
        if (!stored.equals(folded)) {
            throw new AssertionError(
                    "Expected the fold " + folded + " but stored is " + stored + "\n" + story());
        }
        long rows = store.timers().size();
        boolean armed = stored.get().timer().isPresent();
        if (rows != (armed ? 1 : 0)) {
            throw new AssertionError(
                    "Expected timer "
                            + stored.get().timer()
                            + " but got "
                            + store.timers()
                            + "\n"
                            + story());
        }
    }

    Command sent(String type, int attempt) {
        return sent.stream()
                .filter(it -> it.content().type().equals(type) && it.attempt() == attempt)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("Expected a " + type + "\n" + story()));
    }

    Command newest(String type) {
        return sent.stream()
                .filter(it -> it.content().type().equals(type))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("Expected a " + type + "\n" + story()));
    }

    Instant now() {
        return now;
    }

    Deque<Command> unexpected() {
        return unexpected;
    }

    void registry(boolean there) {
        registry = there;
    }

    void definitions(boolean here) {
        definitionsHere = here;
    }

    Optional<SagaInstance> instance() {
        return store.instance(saga);
    }

    Optional<Marker> marker() {
        return store.marker(saga);
    }

    Transition lastTransition() {
        return transitions.get(transitions.size() - 1);
    }

    int kept() {
        return store.queued().getOrDefault(saga, List.of()).size();
    }

    /** What a child has said to its parent, and nobody has looked at. */
    Deque<SagaInput.Reply> answers() {
        return answers;
    }

    static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded done ->
                    "succeeded" + done.result().map(it -> " " + TestSaga.text(it)).orElse("");
            case Outcome.Progress ignored -> "progress";
            case Outcome.Failed failed -> failed.code();
            case Outcome.Erred erred -> erred.code();
        };
    }

    List<SagaId> toldChildren() {
        return toldChildren;
    }

    List<String> deadLetters() {
        return deadLetters;
    }

    String story() {
        StringBuilder story = new StringBuilder("What happened:\n");
        for (Transition it : transitions) {
            story.append(it.cause().offset())
                    .append(' ')
                    .append(it.time())
                    .append(' ')
                    .append(it.kind())
                    .append(' ')
                    .append(it.rejection().map(Object::toString).orElse("" + it.events()))
                    .append('\n');
        }
        return story.toString();
    }

    private final class Codec implements InputCodec {
        @Override
        public Decoded decode(RawInput raw) {
            return registry ? wire.decode(raw) : new Decoded.NotYet("the registry is away");
        }

        @Override
        public boolean isIntervention(RawInput raw) {
            return wire.isIntervention(raw);
        }
    }

    private final class Writer implements BatchWriter<Batch> {
        @Override
        public Batch prepare(Batch batch) {
            return batch;
        }

        @Override
        public boolean awaitsCommit(SagaId saga) {
            return false;
        }

        @Override
        public void commit(Batch batch) {
            batch.changes().forEach(store::apply);
            for (Effect effect : batch.effects()) {
                switch (effect) {
                    case Effect.SendCommand send -> {
                        unexpected.add(send.command());
                        sent.add(send.command());
                    }
                    case Effect.PublishTransition publish -> {
                        transitions.add(publish.transition());
                        folded = SagaFold.fold(folded, publish.transition());
                    }
                    case Effect.AnswerParent answer -> answers.add(answer.reply());
                    case Effect.TellChild told -> toldChildren.add(told.child());
                    case Effect.Archive ignored -> {}
                    case Effect.Answered ignored -> {}
                    case Effect.Unclaimed ignored -> deadLetters.add("UNCLAIMED");
                    case Effect.DeadLetter letter -> deadLetters.add(letter.code());
                }
            }
        }
    }
}
