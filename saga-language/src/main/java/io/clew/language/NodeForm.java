package io.clew.language;

import io.clew.language.SagaForm.CommandForm;
import io.clew.saga.ChildSagas;
import io.clew.saga.FailurePolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One node as it is written. Something optional is missing by right or with a fault noted. */
sealed interface NodeForm {
    Spot spot();

    /** Its name, or the id of a block. */
    Located<String> name();

    /** The sequences inside of it. */
    default List<List<NodeForm>> inside() {
        return List.of();
    }

    /** It and all nodes inside of it, as they are written. */
    default Stream<NodeForm> all() {
        return Stream.concat(Stream.of(this), inside().stream().flatMap(NodeForm::allOf));
    }

    static Stream<NodeForm> allOf(List<NodeForm> sequence) {
        return sequence.stream().flatMap(NodeForm::all);
    }

    /**
     * One step.
     *
     * @param settles whether {@code compensation: none} is said
     * @param unclear whether its kind or its compensation cannot be read, which is noted
     */
    record StepForm(
            Located<String> name,
            Optional<Located<String>> when,
            Optional<Located<String>> participant,
            StepKind kind,
            Optional<CommandForm> action,
            Optional<CommandForm> compensation,
            boolean settles,
            boolean unclear,
            Optional<Duration> giveUpAfter,
            Map<String, Located<FailurePolicy>> onFailure,
            Spot spot)
            implements NodeForm {
        /** Whether the saga may go on after it was refused. */
        boolean mayBePassedOver() {
            return anyContinues(onFailure);
        }

        /** The definition whose sagas it starts, if it is a child saga. */
        Optional<String> child() {
            return participant.flatMap(it -> ChildSagas.definition(it.value()));
        }
    }

    /** One await. */
    record AwaitForm(
            Located<String> name,
            Optional<ChannelForm> channel,
            Optional<Located<Duration>> timeout,
            Optional<UndoForm> undo,
            Map<String, Located<FailurePolicy>> onFailure,
            Spot spot)
            implements NodeForm {
        /** Whether the saga may go on without what it waits for. */
        boolean mayBePassedOver() {
            return anyContinues(onFailure);
        }
    }

    /** Where something awaited comes from. */
    sealed interface ChannelForm {
        record TopicForm(
                Optional<Located<String>> topic,
                Optional<Located<String>> event,
                Optional<Located<String>> key,
                Optional<Located<String>> match)
                implements ChannelForm {}

        record SignalForm(Located<String> type) implements ChannelForm {}
    }

    /** What takes back what an event told of; nobody was commanded, so it has a participant. */
    record UndoForm(Optional<Located<String>> participant, Optional<CommandForm> command) {}

    /** One delay. */
    record DelayForm(Located<String> name, Optional<UntilForm> until, Spot spot)
            implements NodeForm {}

    /** When a delay is over. */
    sealed interface UntilForm {
        record AfterForm(Located<Duration> time) implements UntilForm {}

        record AtForm(Located<String> instant) implements UntilForm {}
    }

    /** One savepoint. */
    record SavepointForm(Located<String> name, Spot spot) implements NodeForm {}

    /** Branches side by side. */
    record ParallelForm(Located<String> name, List<BranchForm> branches, Spot spot)
            implements NodeForm {
        @Override
        public List<List<NodeForm>> inside() {
            return branches.stream().map(BranchForm::steps).toList();
        }
    }

    /** One of them. */
    record BranchForm(Located<String> name, List<NodeForm> steps) {}

    /** Arms, of which one is taken. */
    record ChoiceForm(Located<String> name, List<ArmForm> arms, Spot spot) implements NodeForm {
        @Override
        public List<List<NodeForm>> inside() {
            return arms.stream().map(ArmForm::steps).toList();
        }
    }

    /** One of them; its condition is missing in {@code else}. */
    record ArmForm(Located<String> name, Optional<Located<String>> when, List<NodeForm> steps) {
        static final String ELSE = "else";

        boolean isElse() {
            return name.value().equals(ELSE);
        }
    }

    /**
     * A loop.
     *
     * @param as what an item is called; without a text if that cannot be read, which is noted
     */
    record ForEachForm(
            Located<String> name,
            Optional<Located<String>> in,
            Located<String> as,
            int concurrency,
            List<NodeForm> steps,
            Spot spot)
            implements NodeForm {
        @Override
        public List<List<NodeForm>> inside() {
            return List.of(steps);
        }
    }

    private static boolean anyContinues(Map<String, Located<FailurePolicy>> onFailure) {
        return onFailure.values().stream()
                .anyMatch(it -> it.value() instanceof FailurePolicy.Continue);
    }
}
