package io.clew.saga;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How sagas are steps of other sagas: to its parent a child is a participant like others, named
 * {@code saga.<definition>}. A relay brings commands from {@link #TOPIC} to the child's inbox and
 * its answers back.
 */
public final class ChildSagas {
    /** Where commands to children, their answers and the ends of their parents stand. */
    public static final String TOPIC = "saga.commands";

    /** The compensation of a child: it has no value. */
    public static final String TAKE_BACK = "io.clew.saga.TakeBack";

    private static final String PREFIX = "saga.";

    private ChildSagas() {}

    /** The participant that stands for all sagas of a definition. */
    public static String participant(String definition) {
        return PREFIX + definition;
    }

    /** The definition that a participant stands for; none if it is a service. */
    public static Optional<String> definition(String participant) {
        return participant.startsWith(PREFIX)
                ? Optional.of(participant.substring(PREFIX.length()))
                : Optional.empty();
    }

    /**
     * The id of a child: its business key is the hex SHA-256 of the command that starts it, so the
     * same command always means the same child.
     */
    public static SagaId id(String definition, Parent parent) {
        byte[] text = parent.text().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return SagaId.of(definition, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Expected every JDK to have SHA-256", impossible);
        }
    }

    /** The child that an outstanding command is for, if it is for one. */
    public static Optional<SagaId> of(SagaInstance saga, Outstanding command) {
        Execution execution = command.execution();
        boolean action = execution.direction() == Direction.ACTION;
        int number = action ? execution.number() : execution.compensates();
        return definition(command.command().participant())
                .map(it -> id(it, Parent.of(saga, execution.path(), number)));
    }

    /** The children a saga has asked for, each with what it needs to be told apart. */
    static List<Effect> endTold(SagaDefinition definition, SagaInstance ended) {
        List<Effect> told = new ArrayList<>();
        for (StepRecord record : ended.steps()) {
            if (record.status() != StepRecord.Status.PASSED
                    && definition.place(record.path()).leaf() instanceof Step step) {
                definition(step.action().participant())
                        .ifPresent(it -> told.add(tell(it, ended, record)));
            }
        }
        return told;
    }

    private static Effect tell(String definition, SagaInstance ended, StepRecord record) {
        Parent parent = Parent.of(ended, record.path(), record.execution());
        return new Effect.TellChild(id(definition, parent), parent);
    }
}
