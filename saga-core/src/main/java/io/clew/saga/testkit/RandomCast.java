package io.clew.saga.testkit;

import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random definitions, with texts as values. */
final class RandomCast implements Cast {
    private final Dice dice;
    private final List<SagaDefinition> definitions = new ArrayList<>();

    RandomCast(Dice dice, Environment environment) {
        this.dice = dice;
        RandomSagas sagas = new RandomSagas(dice, environment);
        // The later ones first, so that those before may have them as steps.
        for (int i = dice.between(0, 2); i >= 0; i--) {
            SagaDefinition first = sagas.definition("d" + i, 1);
            definitions.add(first);
            if (dice.chance(0.4)) {
                definitions.add(sagas.longer(first));
            }
        }
    }

    @Override
    public List<SagaDefinition> definitions() {
        return definitions;
    }

    @Override
    public String definition() {
        return "d" + dice.between(0, 2);
    }

    @Override
    public String participant() {
        return dice.pick("order", "payment", "shipping");
    }

    @Override
    public Bytes event(SagaId saga, long now) {
        return Bytes.utf8(saga.businessKey() + "@" + now);
    }

    @Override
    public Bytes arrival(Await await, SagaId saga, int number) {
        return Bytes.utf8(await.name() + number + (dice.chance(0.7) ? "even" : "odd"));
    }

    @Override
    public Optional<String> refusal(Command command, boolean faults) {
        return dice.chance(faults ? 0.12 : 0.05)
                ? Optional.of(dice.pick(RandomSagas.REFUSALS))
                : Optional.empty();
    }

    @Override
    public Optional<Bytes> result(Command command) {
        return dice.chance(0.7)
                ? Optional.of(Bytes.utf8("by-" + command.execution()))
                : Optional.empty();
    }

    @Override
    public double misfits() {
        return 0.04;
    }

    @Override
    public Optional<Bytes> byHand() {
        return Optional.of(Bytes.utf8("by hand"));
    }
}
