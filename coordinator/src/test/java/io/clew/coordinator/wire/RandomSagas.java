package io.clew.coordinator.wire;

import io.clew.saga.Arrival;
import io.clew.saga.Arrivals;
import io.clew.saga.Bytes;
import io.clew.saga.Channel;
import io.clew.saga.ChildOf;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Delivery;
import io.clew.saga.Direction;
import io.clew.saga.Execution;
import io.clew.saga.Failure;
import io.clew.saga.FrozenCommand;
import io.clew.saga.Incident;
import io.clew.saga.Operation;
import io.clew.saga.Outstanding;
import io.clew.saga.Parent;
import io.clew.saga.PauseSubject;
import io.clew.saga.Pauses;
import io.clew.saga.Pausing;
import io.clew.saga.Phase;
import io.clew.saga.Position;
import io.clew.saga.Reach;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaState;
import io.clew.saga.StepRecord;
import io.clew.saga.Turn;
import io.clew.saga.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sagas of every shape, the same for the same seed. */
final class RandomSagas {
    private final Random random;

    RandomSagas(long seed) {
        this.random = new Random(seed);
    }

    SagaInstance instance() {
        return new SagaInstance(
                SagaId.of("def-" + random.nextInt(9), text() + "x"),
                random.nextLong(1L << 48),
                definition(),
                1 + random.nextInt(300),
                bytes(),
                index(),
                instant(),
                optional(this::text),
                optional(this::text),
                optional(this::childOf),
                random.nextLong(1 << 20),
                position(),
                instant(),
                state(),
                many(this::step),
                many(this::turn),
                many(this::outstanding),
                many(this::waiting),
                new Arrivals(many(this::arrival), many(this::text)),
                many(this::incident),
                optional(this::instant),
                optional(this::instant),
                optional(this::instant),
                many(this::operation));
    }

    ChildOf childOf() {
        return new ChildOf(parent(), random.nextInt(3), flag());
    }

    Parent parent() {
        SagaId saga = SagaId.of("def-" + random.nextInt(9), text() + "/y");
        String path = "step[" + random.nextInt(3) + "]";
        return new Parent(saga, random.nextLong(1L << 48), path, number(), optional(this::text));
    }

    DefinitionRef definition() {
        return new DefinitionRef("def-" + random.nextInt(9), 1 + random.nextInt(9), text());
    }

    Position position() {
        return new Position(text(), random.nextInt(64), random.nextLong(1L << 60));
    }

    Instant instant() {
        return Instant.ofEpochMilli(random.nextLong(-10_000, 1L << 45));
    }

    Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    String text() {
        String[] samples = {"", "a", "öß€", "日本語", "tab\tnul\0", "x".repeat(150)};
        return samples[random.nextInt(samples.length)];
    }

    <T> Optional<T> optional(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    <T> List<T> many(Supplier<T> value) {
        return Stream.generate(value).limit(random.nextInt(6)).toList();
    }

    Phase phase() {
        return pick(Phase.values());
    }

    Failure failure() {
        return new Failure("CODE_" + random.nextInt(9), text(), text());
    }

    Incident incident() {
        return new Incident(pick(Incident.Code.values()), text(), text(), instant());
    }

    SagaState state() {
        return switch (random.nextInt(7)) {
            case 6 -> new SagaState.Provisional(optional(this::bytes));
            case 0 -> new SagaState.Completed(optional(this::bytes));
            case 1 -> new SagaState.Compensated(failure());
            case 2 -> new SagaState.Abandoned(failure());
            case 3 -> new SagaState.Compensating(failure(), reach());
            default ->
                    new SagaState.Running(optional(() -> new SagaState.Stop(failure(), reach())));
        };
    }

    Delivery delivery() {
        return switch (random.nextInt(6)) {
            case 4 -> paused();
            case 5 -> new Delivery.Paused(PauseSubject.definition("d"), Optional.empty());
            case 0 -> new Delivery.Parked(text(), instant());
            case 1 -> sent();
            case 2 -> new Delivery.BackingOff(instant(), instant(), optional(this::instant));
            default -> new Delivery.Stopped();
        };
    }

    Pauses pauses() {
        Map<PauseSubject, Pausing> subjects = new TreeMap<>();
        for (String name : many(this::text)) {
            PauseSubject subject =
                    flag()
                            ? PauseSubject.participant("p" + name)
                            : PauseSubject.definition("d" + name);
            List<Pausing.Spell> spells = many(this::spell);
            subjects.put(subject, new Pausing(spells, text(), text(), many(this::text)));
        }
        return new Pauses(new TreeMap<>(subjects));
    }

    private Pausing.Spell spell() {
        return new Pausing.Spell(
                instant(), position(), optional(() -> new Pausing.End(instant(), position())));
    }

    Delivery.Paused paused() {
        Delivery.Awaited was =
                flag()
                        ? sent()
                        : new Delivery.BackingOff(instant(), instant(), optional(this::instant));
        return new Delivery.Paused(PauseSubject.participant("p" + number()), Optional.of(was));
    }

    Delivery.Sent sent() {
        return new Delivery.Sent(instant(), instant(), optional(this::instant));
    }

    Execution execution() {
        return pick(Direction.values()) == Direction.ACTION
                ? Execution.action(text(), 1 + random.nextInt(9))
                : Execution.compensation(text(), 1 + random.nextInt(9), 1 + random.nextInt(9));
    }

    FrozenCommand command() {
        boolean takesBackEvent = random.nextInt(4) == 0;
        Optional<Instant> deadline = takesBackEvent ? Optional.empty() : optional(this::instant);
        return new FrozenCommand(
                text(), text(), text(), bytes(), instant(), deadline, takesBackEvent);
    }

    Map<String, String> index() {
        Map<String, String> index = new TreeMap<>();
        many(this::text).forEach(name -> index.put(name, text()));
        return index;
    }

    int number() {
        return 1 + random.nextInt(1000);
    }

    boolean flag() {
        return random.nextBoolean();
    }

    private Operation operation() {
        return new Operation(text(), optional(() -> pick(Rejection.values())));
    }

    Reach reach() {
        return switch (random.nextInt(3)) {
            case 0 -> new Reach.Everything();
            case 1 -> new Reach.Nothing();
            default -> new Reach.Since(text(), number());
        };
    }

    Waiting waiting() {
        return new Waiting(
                text(),
                number(),
                pick(Waiting.Kind.values()),
                instant(),
                optional(() -> PauseSubject.definition("d" + number())));
    }

    Arrival arrival() {
        Channel channel = flag() ? new Channel.Topic(text()) : new Channel.Signal(text());
        return new Arrival(text(), channel, text(), bytes());
    }

    private Turn turn() {
        return new Turn(text(), number() - 2, number());
    }

    private Outstanding outstanding() {
        return new Outstanding(
                execution(),
                command(),
                random.nextInt(9),
                random.nextInt(9),
                optional(this::failure),
                instant(),
                delivery());
    }

    private StepRecord step() {
        return new StepRecord(
                text(),
                number(),
                pick(StepRecord.Status.values()),
                flag(),
                optional(this::bytes),
                optional(this::failure),
                random.nextInt(9),
                flag());
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
