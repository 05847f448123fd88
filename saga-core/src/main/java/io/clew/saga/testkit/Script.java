package io.clew.saga.testkit;

import io.clew.saga.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is played in the worlds of a simulation.
 *
 * @param saga the definition; random ones if there is none
 * @param invariants what must hold of every saga at its end, beside the promises
 */
record Script(Optional<SimulatedSaga> saga, List<SagaInvariant> invariants) {
    static final Script RANDOM = new Script(Optional.empty(), List.of());

    Script {
        invariants = List.copyOf(invariants);
    }

    List<String> topics() {
        return saga.map(it -> GivenCast.topics(it.definition())).orElse(RandomSagas.TOPICS);
    }

    Cast cast(Dice dice, Environment environment) {
        return saga.<Cast>map(it -> new GivenCast(it, dice))
                .orElseGet(() -> new RandomCast(dice, environment));
    }

    /** Holds the invariants against all sagas that have ended. */
    void check(Checks checks, Participants participants) {
        for (Story story : checks.stories()) {
            story.end()
                    .ifPresent(
                            phase -> {
                                SagaEnd end = end(story, phase, participants);
                                invariants.forEach(it -> check(it, end));
                            });
        }
    }

    private static void check(SagaInvariant invariant, SagaEnd end) {
        invariant
                .broken(end)
                .ifPresent(
                        what -> {
                            throw new Violation("your invariant", end.saga(), what + ": " + end);
                        });
    }

    private static SagaEnd end(Story story, Phase phase, Participants participants) {
        String prefix = story.saga() + "/" + story.run() + "/";
        List<SagaEnd.Action> actions = new ArrayList<>();
        story.actions()
                .forEach(
                        (action, fate) -> {
                            String key = prefix + action.path() + "/action/" + action.number();
                            actions.add(
                                    new SagaEnd.Action(
                                            action.path(),
                                            action.number(),
                                            SagaEnd.standing(
                                                    participants
                                                            .books()
                                                            .getOrDefault(key, List.of())),
                                            fate == Story.Fate.SKIPPED
                                                    || fate == Story.Fate.TAKEN_BACK_BY_HAND));
                        });
        return new SagaEnd(story.saga(), story.run(), phase, actions);
    }
}
