package io.clew.coordinator.definitions;

import io.clew.saga.DefinitionRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The definitions this instance has seen, for all who need more than the engine does. */
public interface AppliedDefinitions {

    Optional<AppliedDefinition> applied(DefinitionRef ref);

    Optional<AppliedDefinition> get(String name, int version);

    /** All versions of a name, newest first. */
    List<AppliedDefinition> versions(String name);

    /** Which versions of a name take new sagas. */
    Rollout rollout(String name);

    /**
     * The same of every name. Whoever needs it and the versions asks for it first: then all the
     * versions it names are there.
     */
    Map<String, Rollout> rollouts();

    /** Who takes a new saga of a name; nobody if none of its versions is active. */
    default Optional<Intake> intake(String name) {
        Rollout first = rollout(name);
        return Intake.now(versions(name), first);
    }

    /** Who takes a child of a name; nobody if none of its versions was ever active. */
    default Optional<Intake> childIntake(String name) {
        Rollout first = rollout(name);
        return Intake.ofChild(versions(name), first);
    }

    List<String> names();

    /**
     * Every definition, in no order. Another list whenever a definition or a rollout has come
     * since, and best the same one until then: whoever asks at every event knows by it what has
     * changed.
     */
    List<AppliedDefinition> all();

    /** The content hash that has taken this name and version, usable here or not. */
    Optional<String> taken(String name, int version);

    /** Whether everything that stood on the topic at the start has been read. */
    boolean caughtUp();

    /** Why nothing new is read at present. */
    Optional<String> problem();

    /** Waits until the record at {@code offset} of the topic has been read. */
    boolean awaitRead(long offset, Duration limit);
}
