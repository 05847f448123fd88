package io.clew.saga.testkit;

import io.clew.saga.ChildSagas;
import io.clew.saga.Command;
import io.clew.saga.Delivery;
import io.clew.saga.Execution;
import io.clew.saga.Outstanding;
import io.clew.saga.Parent;
import io.clew.saga.Phase;
import io.clew.saga.SagaInstance;
import io.clew.saga.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The promises that hold once faults have stopped and all is quiet. */
final class FinalChecks {
    private static final Set<List<String>> LEGAL =
            Set.of(List.of(), List.of("action"), List.of("action", "undo"), List.of("tombstone"));

    private FinalChecks() {}

    /** L1, L3: quiet, but operators have not cleared up yet. */
    static void quiet(SimulatedStore store) {
        for (SagaInstance saga : store.instances().values()) {
            boolean waits =
                    saga.incident().isPresent()
                            || saga.pausedAt().isPresent()
                            || waitsForOther(store, saga);
            if (!saga.phase().ended() && !waits) {
                throw new Violation("L1 it ends or has an incident", saga.id(), "" + saga);
            }
            boolean parked =
                    saga.outstanding().stream()
                            .anyMatch(
                                    it ->
                                            it.delivery() instanceof Delivery.Parked
                                                    || it.delivery() instanceof Delivery.Paused);
            if (parked && !waits) {
                throw new Violation("L3 nothing stays parked", saga.id(), "" + saga);
            }
        }
        store.queued()
                .forEach(
                        (saga, kept) -> {
                            if (kept.get(0).fault().isEmpty()) {
                                throw new Violation("L3 nothing stays kept", saga, "" + kept);
                            }
                        });
    }

    /** A child that is done waits for its parent, a parent for its child, as long as that waits. */
    private static boolean waitsForOther(SimulatedStore store, SagaInstance saga) {
        boolean parent =
                saga.isProvisional()
                        && store.instance(saga.childOf().orElseThrow().parent().saga())
                                .filter(it -> !it.phase().ended())
                                .isPresent();
        return parent || saga.outstanding().stream().anyMatch(it -> childWaits(store, saga, it));
    }

    private static boolean childWaits(
            SimulatedStore store, SagaInstance saga, Outstanding command) {
        return ChildSagas.of(saga, command)
                .flatMap(store::instance)
                .filter(it -> !it.phase().ended())
                .isPresent();
    }

    /** A child has ended as its parent's step says. */
    static void kin(Checks checks) {
        for (Story child : checks.stories()) {
            Optional<Parent> parent = child.parent();
            Optional<Story> story =
                    parent.flatMap(
                            it ->
                                    checks.stories().stream()
                                            .filter(
                                                    other ->
                                                            other.saga().equals(it.saga())
                                                                    && other.run() == it.run())
                                            .findFirst());
            if (story.isPresent() && !story.get().end().equals(Optional.of(Phase.ABANDONED))) {
                agree(child, parent.orElseThrow(), story.get());
            }
        }
    }

    private static void agree(Story child, Parent parent, Story story) {
        Story.Fate fate = story.actions().get(Execution.action(parent.path(), parent.execution()));
        Phase end = child.end().orElse(Phase.RUNNING);
        boolean right =
                fate != null
                        && switch (fate) {
                            case DONE -> end == Phase.COMPLETED;
                            case REFUSED, TAKEN_BACK ->
                                    end == Phase.COMPENSATED || end == Phase.ABANDONED;
                            case SKIPPED, TAKEN_BACK_BY_HAND -> true;
                            case OPEN, IN_DOUBT, PASSED, CANCELLED -> false;
                        };
        if (!right) {
            throw new Violation(
                    "S3 a child ends as its parent's step",
                    child.saga(),
                    "it is " + end + " but " + parent + " is " + fate);
        }
    }

    /** L1, L3: operators have resumed and retried what stood still. */
    static void cleared(SimulatedStore store) {
        for (SagaInstance saga : store.instances().values()) {
            if (!saga.phase().ended()) {
                throw new Violation("L1 it ends once it is retried", saga.id(), "" + saga);
            }
        }
        store.queued()
                .forEach(
                        (saga, kept) -> {
                            throw new Violation("L3 nothing stays kept", saga, "" + kept);
                        });
    }

    /** S3, at any time. */
    static void legal(Map<String, List<String>> books) {
        books.forEach(
                (action, done) -> {
                    if (!LEGAL.contains(done)) {
                        throw new Violation("S3 the books", action + " shows " + done);
                    }
                });
    }

    /** S3 and what it is for: ended compensated means taken back, completed means done. */
    static void books(Checks checks, Map<String, List<String>> books) {
        for (Story story : checks.stories()) {
            String prefix = story.saga() + "/" + story.run() + "/";
            story.actions()
                    .forEach(
                            (action, fate) -> {
                                String key = prefix + action.path() + "/action/" + action.number();
                                List<String> done = books.getOrDefault(key, List.of());
                                agree(story, action, fate, done);
                            });
        }
        for (Command command : checks.sentCommands()) {
            boolean decided =
                    checks.stories().stream()
                            .anyMatch(
                                    it ->
                                            it.saga().equals(command.saga())
                                                    && it.run() == command.run()
                                                    && it.decided(command.execution()));
            if (!decided) {
                throw new Violation(
                        "S1 what is sent has been decided",
                        command.saga(),
                        command.id() + " was sent, but no committed transition decided it");
            }
        }
    }

    private static void agree(Story story, Execution action, Story.Fate fate, List<String> done) {
        if (!LEGAL.contains(done)) {
            throw new Violation("S3 the books", story.saga(), action + " shows " + done);
        }
        if (story.end().equals(Optional.of(Phase.ABANDONED))) {
            return;
        }
        if (!(story.definition().leaf(action.path()).orElseThrow() instanceof Step step)) {
            uncommanded(story, action, fate, done);
            return;
        }
        if (ChildSagas.definition(step.action().participant()).isPresent()) {
            return;
        }
        boolean standing = done.equals(List.of("action"));
        boolean right =
                switch (fate) {
                    case DONE -> standing;
                    case REFUSED -> done.isEmpty();
                    case TAKEN_BACK -> !standing;
                    case SKIPPED, TAKEN_BACK_BY_HAND -> true;
                    case PASSED, CANCELLED -> done.isEmpty();
                    case OPEN, IN_DOUBT -> false;
                };
        if (!right) {
            throw new Violation(
                    "S3 the books say what the timeline says",
                    story.saga(),
                    action + " is " + fate + " but the books show " + done);
        }
        boolean leftStanding =
                story.end().equals(Optional.of(Phase.COMPENSATED))
                        && fate == Story.Fate.DONE
                        && step.compensation().isPresent();
        boolean wrongly = !step.compensatable() && done.contains("undo");
        if (leftStanding || wrongly) {
            throw new Violation(
                    "S3 what ended compensated is taken back", story.saga(), action + " " + done);
        }
    }

    /** Nobody was asked for it, so only its compensation can be in the books. */
    private static void uncommanded(
            Story story, Execution action, Story.Fate fate, List<String> done) {
        boolean takenBack = fate == Story.Fate.TAKEN_BACK;
        boolean byHand = fate == Story.Fate.TAKEN_BACK_BY_HAND;
        if (!byHand && takenBack == done.isEmpty()) {
            throw new Violation(
                    "S3 the books say what the timeline says",
                    story.saga(),
                    action + " is " + fate + " but the books show " + done);
        }
    }
}
