package io.clew.saga.testkit;

import io.clew.saga.ChildSagas;
import io.clew.saga.Command;
import io.clew.saga.Direction;
import io.clew.saga.Effect;
import io.clew.saga.Outcome;
import io.clew.saga.Parent;
import io.clew.saga.ParentCall;
import io.clew.saga.SagaDefinition;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaMachine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Brings commands to child sagas, their answers back, and the ends of parents to children. */
final class Relay {
    private final World world;
    private final Mail mail;

    /** Per sender: what it says arrives in its order. */
    private final Map<SagaId, Long> arrivals = new HashMap<>();

    Relay(World world, Mail mail) {
        this.world = world;
        this.mail = mail;
    }

    void command(String child, Command command) {
        long sentAt = world.now();
        Runnable bring =
                () -> {
                    if (command.execution().direction() == Direction.ACTION) {
                        start(child, command, sentAt);
                    } else {
                        takeBack(child, command);
                    }
                };
        inOrder(command.saga(), bring);
    }

    /** What a service's own event would be too old for is no start either. */
    private void start(String child, Command command, long sentAt) {
        SagaDefinition definition =
                world.definitions().values().stream()
                        .filter(it -> it.ref().name().equals(child))
                        .findFirst()
                        .orElseThrow();
        Parent parent = parent(command, command.execution().number());
        if (world.now() - sentAt > definition.uniqueFor().toMillis()) {
            world.append(command.saga(), reply(command, new Outcome.Failed("TOO_OLD", "too old")));
            return;
        }
        SagaId id = ChildSagas.id(child, parent);
        world.comes("child", id);
        world.append(
                id,
                new SagaInput.Trigger(
                        definition.ref(),
                        SagaMachine.LOGIC_VERSION,
                        command.content().value(),
                        Map.of(),
                        command.tokenKey(),
                        command.traceparent(),
                        Optional.of(new ParentCall(parent, command.attempt()))));
    }

    private void takeBack(String child, Command command) {
        Parent parent = parent(command, command.execution().compensates());
        SagaId id = ChildSagas.id(child, parent);
        world.comes("taken back", id);
        int number = command.execution().number();
        world.append(id, new SagaInput.TakeBack(parent, number, command.attempt()));
    }

    private static SagaInput reply(Command command, Outcome outcome) {
        return new SagaInput.Reply(
                command.run(),
                command.execution().path(),
                command.execution().direction(),
                command.execution().number(),
                command.attempt(),
                outcome);
    }

    private static Parent parent(Command command, int execution) {
        return new Parent(
                command.saga(),
                command.run(),
                command.execution().path(),
                execution,
                command.tokenKey());
    }

    /** A child's word to its parent, whatever becomes of the transaction it was said in. */
    void answer(SagaId child, Effect.AnswerParent answer) {
        world.trace().add(child, () -> world.now() + "   answers " + answer);
        if (answer.reply().outcome() instanceof Outcome.Succeeded done
                && done.result().isPresent()) {
            world.comes("result", child);
        }
        SagaId parent = answer.parent().saga();
        inOrder(child, () -> world.append(parent, answer.reply()));
    }

    void end(Effect.TellChild told) {
        world.trace()
                .add(told.child(), () -> world.now() + "   is told of the end of " + told.parent());
        SagaInput ended = new SagaInput.ParentEnded(told.parent());
        inOrder(told.parent().saga(), () -> world.append(told.child(), ended));
    }

    private void inOrder(SagaId sender, Runnable bring) {
        long at = Math.max(world.now() + mail.delay(sender), arrivals.getOrDefault(sender, 0L));
        arrivals.put(sender, at);
        world.agenda().at(at, bring);
    }
}
