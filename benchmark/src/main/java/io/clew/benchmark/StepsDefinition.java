package io.clew.benchmark;

import io.clew.benchmark.load.OrderSchemas;
import java.util.List;

/** Sagas of any number of steps, which the three participants take in turn. */
final class StepsDefinition {

    /** How many steps are measured. */
    static final List<Integer> LENGTHS = List.of(5, 20, 50);

    private static final String PREFIX = "steps-";

    private StepsDefinition() {}

    static String name(int steps) {
        return PREFIX + steps;
    }

    /** How many transitions a saga of this definition takes: its start, and a reply per step. */
    static int transitions(String definition) {
        return 1 + Integer.parseInt(definition.substring(PREFIX.length()));
    }

    static String yaml(int steps) {
        var text = new StringBuilder();
        text.append(
                """
                saga: %s
                version: 1
                startedBy: { topic: %s, event: io.clew.benchmark.OrderPlaced, key: event.orderId }
                index: { customerId: event.customerId }
                steps:
                """
                        .formatted(name(steps), OrderSchemas.triggers(name(steps))));
        for (int step = 1; step <= steps; step++) {
            text.append(step(step));
        }
        return text.toString();
    }

    private static String step(int step) {
        List<String> participants = OrderSchemas.PARTICIPANTS;
        String previous = step == 1 ? "" : "previous: steps.step%d.reference, ".formatted(step - 1);
        return """
          - step: step%1$d
            participant: %2$s
            action:
              command: io.clew.benchmark.DoStep
              result: io.clew.benchmark.StepDone
              with: { orderId: event.orderId, customerId: event.customerId, \
        amount: event.amount, %3$srefuse: "false", note: event.note }
            compensation:
              command: io.clew.benchmark.UndoStep
              with: { orderId: event.orderId, reason: failure.code, \
        reference: "steps.step%1$d.?reference", note: event.note }
        """
                .formatted(step, participants.get(step % participants.size()), previous);
    }
}
