package io.clew.saga.testkit;

import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.CommandSpec;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.Step;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The sagas of one definition that is given. */
final class GivenCast implements Cast {
    private final SimulatedSaga saga;
    private final Dice dice;
    private final RandomGenerator random;

    GivenCast(SimulatedSaga saga, Dice dice) {
        this.saga = saga;
        this.dice = dice;
        this.random = dice.another();
    }

    /** Where its commands go. */
    static List<String> topics(SagaDefinition definition) {
        return commands(definition).map(CommandSpec::topic).distinct().sorted().toList();
    }

    private static Stream<CommandSpec> commands(SagaDefinition definition) {
        Stream<CommandSpec> actions = definition.steps().stream().map(Step::action);
        Stream<CommandSpec> undoing =
                definition.awaits().stream().flatMap(it -> it.compensation().stream());
        return Stream.concat(actions, undoing);
    }

    @Override
    public List<SagaDefinition> definitions() {
        return List.of(saga.definition());
    }

    @Override
    public String definition() {
        return saga.definition().ref().name();
    }

    @Override
    public String participant() {
        List<String> all =
                commands(saga.definition())
                        .map(CommandSpec::participant)
                        .distinct()
                        .sorted()
                        .toList();
        return all.isEmpty() ? "nobody" : dice.pick(all);
    }

    @Override
    public Bytes event(SagaId id, long now) {
        return saga.event(id.businessKey(), random);
    }

    @Override
    public Bytes arrival(Await await, SagaId id, int number) {
        return saga.arrival(await, id.businessKey(), random);
    }

    @Override
    public Optional<String> refusal(Command command, boolean faults) {
        List<String> codes = saga.refusals(command);
        return !codes.isEmpty() && dice.chance(faults ? 0.12 : 0.05)
                ? Optional.of(dice.pick(codes))
                : Optional.empty();
    }

    @Override
    public Optional<Bytes> result(Command command) {
        return saga.result(command, random);
    }

    @Override
    public double misfits() {
        return 0.04;
    }

    /** A step that needs a result is not skipped without one: that is refused. */
    @Override
    public Optional<Bytes> byHand() {
        return Optional.empty();
    }
}
