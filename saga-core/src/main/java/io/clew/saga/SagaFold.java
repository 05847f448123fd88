package io.clew.saga;

import java.util.Optional;

/** Instances as the fold of their transitions; the machine itself applies events through this. */
public final class SagaFold {
    private SagaFold() {}

    /**
     * The instance after {@code transition}.
     *
     * @param before the instance before it; empty, or one of an earlier run, for the first
     * @return the instance; a rejection gives {@code before}
     * @throws IllegalArgumentException if {@code transition} does not follow {@code before}
     */
    public static Optional<SagaInstance> fold(
            Optional<SagaInstance> before, Transition transition) {
        if (transition.rejection().isPresent()) {
            return before;
        }
        InstanceBuilder builder = builder(before, transition);
        builder.advance(transition.cause(), transition.time());
        transition.events().forEach(builder::apply);
        SagaInstance after = builder.build();
        if (after.revision() != transition.revision()) {
            throw new IllegalArgumentException(
                    "Expected revision "
                            + after.revision()
                            + " of "
                            + after.id()
                            + " but got "
                            + transition.revision());
        }
        return Optional.of(after);
    }

    private static InstanceBuilder builder(Optional<SagaInstance> before, Transition transition) {
        if (transition.events().get(0) instanceof SagaEvent.SagaStarted started) {
            return new InstanceBuilder(
                    transition.saga(),
                    transition.run(),
                    transition.cause(),
                    transition.time(),
                    started);
        }
        return new InstanceBuilder(
                before.orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Expected " + transition.saga() + " to have started")));
    }
}
