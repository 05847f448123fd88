package io.clew.language.builder;

import io.clew.saga.FailurePolicy;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;

/**
 * Definitions in Java, word for word as in YAML ({@code docs/sagas.md}). Nothing is checked here
 * but types: {@link SagaBuilder#source} goes to the compiler, as any source does.
 *
 * <pre>{@code
 * String source =
 *         Sagas.named("trip")
 *                 .version(1)
 *                 .startedBy("trip.events", TripPlanned.class, "event.tripId")
 *                 .steps(
 *                         step("bookHotel")
 *                                 .participant("hotel")
 *                                 .action(command(BookRoom.class).with("tripId", "event.tripId"))
 *                                 .compensation(
 *                                         command(CancelRoom.class)
 *                                                 .with("tripId", "event.tripId")))
 *                 .source();
 * }</pre>
 */
public final class Sagas {

    private Sagas() {}

    /** Begins a definition of this name. */
    public static SagaBuilder named(String name) {
        return new SagaBuilder(name);
    }

    public static StepBuilder step(String name) {
        return new StepBuilder(name);
    }

    /** Begins a command or a compensation by the full name of its record. */
    public static CommandBuilder command(String record) {
        return new CommandBuilder(record);
    }

    /** Begins a command or a compensation by the class of its record. */
    public static CommandBuilder command(Class<? extends SpecificRecord> record) {
        return new CommandBuilder(Trees.recordName(record));
    }

    /** Begins what starts a child, or what a saga comes to, by the full name of the record. */
    public static CommandBuilder record(String record) {
        return new CommandBuilder(record);
    }

    /** Begins what starts a child, or what a saga comes to, by the class of the record. */
    public static CommandBuilder record(Class<? extends SpecificRecord> record) {
        return new CommandBuilder(Trees.recordName(record));
    }

    /** Begins a step that is a saga of another definition: {@code saga} in YAML. */
    public static ChildBuilder child(String name) {
        return new ChildBuilder(name);
    }

    public static AwaitBuilder await(String name) {
        return new AwaitBuilder(name);
    }

    /** A delay of this length. */
    public static DelayBuilder delay(String name, Duration length) {
        return new DelayBuilder(name, "for", length.toString());
    }

    /** A delay until the instant that an expression gives. */
    public static DelayBuilder delayUntil(String name, String expression) {
        return new DelayBuilder(name, "until", expression);
    }

    public static SavepointBuilder savepoint(String name) {
        return new SavepointBuilder(name);
    }

    /** Begins a block whose branches run side by side. */
    public static ParallelBuilder parallel() {
        return new ParallelBuilder();
    }

    /** Begins a block of which one arm is taken. */
    public static ChoiceBuilder choice() {
        return new ChoiceBuilder();
    }

    /** Begins a loop over the list that an expression gives. */
    public static ForEachBuilder forEach(String in) {
        return new ForEachBuilder(in);
    }

    /** A refusal that takes everything back, as one of which nothing is said does. */
    public static FailurePolicy compensate() {
        return new FailurePolicy.Compensate();
    }

    /** A refusal after which the saga goes on: {@code continue} in YAML. */
    public static FailurePolicy goOn() {
        return new FailurePolicy.Continue();
    }

    /** A refusal after which the step is executed again, so many times at most. */
    public static FailurePolicy retry(int times) {
        return new FailurePolicy.Retry(times);
    }

    /** A refusal that takes back what was done since a savepoint, so many times at most. */
    public static FailurePolicy rollbackTo(String savepoint, int max) {
        return new FailurePolicy.RollbackTo(savepoint, max);
    }
}
