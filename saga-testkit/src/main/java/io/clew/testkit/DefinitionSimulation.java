package io.clew.testkit;

import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.SagaDefinition;
import io.clew.saga.Step;
import io.clew.saga.testkit.SagaEnd;
import io.clew.saga.testkit.SagaInvariant;
import io.clew.saga.testkit.SagaSimulation;
import io.clew.saga.testkit.SimulatedSaga;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.avro.generic.IndexedRecord;

/**
 * Plays a definition in small worlds, each made from a seed, in which records are lost, doubled and
 * late, coordinators crash, participants refuse, err and fall silent, and operators meddle. Held
 * against it are the platform's promises and invariants of one's own.
 *
 * <p>What is faulty is the world, not the schemas: mappings are evaluated as in production, and one
 * that cannot be for some history is found, too.
 */
public final class DefinitionSimulation {

    private static final long SEED = 1;

    private final TestedSaga saga;
    private final PerSaga event;
    private final Map<String, Drawn> results = new HashMap<>();
    private final Map<String, List<String>> refusals = new HashMap<>();
    private final Map<String, PerSaga> arrivals = new HashMap<>();
    private final List<SagaInvariant> invariants = new ArrayList<>();

    private DefinitionSimulation(TestedSaga saga, PerSaga event) {
        this.saga = saga;
        this.event = event;
    }

    /** A record of the saga of a business key. All chance must come from {@code random}. */
    @FunctionalInterface
    public interface PerSaga {
        IndexedRecord record(String businessKey, RandomGenerator random);
    }

    /** Any record. All chance must come from {@code random}. */
    @FunctionalInterface
    public interface Drawn {
        IndexedRecord record(RandomGenerator random);
    }

    /**
     * Begins a simulation.
     *
     * @param event makes events that start sagas; the definition's {@code key} must give the
     *     business key again
     */
    public static DefinitionSimulation of(TestedSaga saga, PerSaga event) {
        return new DefinitionSimulation(saga, event);
    }

    /** What replies to this command bring when they say that it succeeded. */
    public DefinitionSimulation result(String command, Drawn result) {
        results.put(command, result);
        return this;
    }

    /** With which codes this command is refused, now and then; without any it never is. */
    public DefinitionSimulation refusals(String command, String... codes) {
        refusals.put(command, List.of(codes));
        return this;
    }

    /** What comes for an await: early, in time, late, twice or never. */
    public DefinitionSimulation arrival(String await, PerSaga record) {
        arrivals.put(await, record);
        return this;
    }

    /** Something that must hold of every saga that has ended. */
    public DefinitionSimulation invariant(String words, Predicate<SagaEnd> holds) {
        invariants.add(end -> holds.test(end) ? Optional.empty() : Optional.of(words));
        return this;
    }

    /**
     * Runs so many worlds, from seed 1 on, or only the one of {@code -Dseed=}.
     *
     * @return how many sagas were run
     * @throws AssertionError with the seed, and what happened to the saga, if something is broken
     * @throws IllegalStateException if a result or an arrival is missing
     */
    public long run(int worlds) {
        requireValues();
        SagaSimulation simulation = SagaSimulation.of(new Played(), invariants);
        Optional<Long> only = Optional.ofNullable(Long.getLong("seed"));
        long first = only.orElse(SEED);
        for (long seed = first; seed < first + (only.isPresent() ? 1 : worlds); seed++) {
            Optional<SagaSimulation.Failure> failure = simulation.run(seed);
            if (failure.isPresent()) {
                throw new AssertionError(
                        "Expected a sound saga but (again with -Dseed=%d) %s%n%s"
                                .formatted(seed, failure.get().promise(), failure.get().trace()));
            }
        }
        return simulation.sagas();
    }

    private void requireValues() {
        SagaDefinition definition = saga.compiled().definition();
        for (Step step : definition.steps()) {
            String command = step.action().type();
            boolean needed = step.action().result().problem(Optional.empty()).isPresent();
            if (needed && !results.containsKey(command)) {
                throw new IllegalStateException("Expected results of " + command + ": result(…)");
            }
        }
        for (Await await : definition.awaits()) {
            if (!arrivals.containsKey(await.name())) {
                throw new IllegalStateException(
                        "Expected what comes for " + await.name() + ": arrival(…)");
            }
        }
    }

    /** The definition with its values, as the simulator takes it. */
    private final class Played implements SimulatedSaga {
        @Override
        public SagaDefinition definition() {
            return saga.compiled().definition();
        }

        @Override
        public Bytes event(String businessKey, RandomGenerator random) {
            Bytes framed = saga.frames().write(event.record(businessKey, random));
            String key = saga.compiled().trigger().evaluate(framed).key();
            if (!key.equals(businessKey)) {
                throw new IllegalStateException(
                        "Expected an event of the key " + businessKey + " but got one of " + key);
            }
            return framed;
        }

        @Override
        public Optional<Bytes> result(Command command, RandomGenerator random) {
            return Optional.ofNullable(results.get(command.content().type()))
                    .map(it -> saga.frames().write(it.record(random)));
        }

        @Override
        public Bytes arrival(Await await, String businessKey, RandomGenerator random) {
            PerSaga record = Optional.ofNullable(arrivals.get(await.name())).orElseThrow();
            return saga.frames().write(record.record(businessKey, random));
        }

        @Override
        public List<String> refusals(Command command) {
            return refusals.getOrDefault(command.content().type(), List.of());
        }
    }
}
