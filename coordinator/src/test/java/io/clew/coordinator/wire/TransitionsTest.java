package io.clew.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.AvroFrame;
import io.clew.saga.DefinitionRef;
import io.clew.saga.PauseSubject;
import io.clew.saga.Phase;
import io.clew.saga.Rejection;
import io.clew.saga.SagaEvent;
import io.clew.saga.SagaId;
import io.clew.saga.Transition;
import io.clew.schema.SagaTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final int SEEDS = 300;
    private static final TransitionWriter WRITER = new TransitionWriter(5, "saga.inbox");
    private static final TransitionReader READER =
            new TransitionReader(id -> SagaTransition.getClassSchema());

    @Test
    void shouldReadEveryEventAsItWasWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomSagas random = new RandomSagas(seed);
            Standing standing =
                    new Standing(
                            random.definition(), Phase.RUNNING, random.optional(random::failure));
            List<SagaEvent> events = new ArrayList<>(everyKind(random));
            events.add(
                    new SagaEvent.SagaStarted(
                            standing.definition(),
                            random.number(),
                            random.bytes(),
                            random.index(),
                            random.instant(),
                            random.optional(random::text),
                            random.optional(random::text),
                            random.optional(random::parent)));
            events.add(
                    new SagaEvent.Migrated(
                            new DefinitionRef(
                                    standing.definition().name(), random.number(), random.text())));
            Transition transition = transition(random, events, Optional.empty());

            byte[] frame = WRITER.write(transition, standing);
            TransitionReader.Recorded read = READER.read(frame);

            assertThat(frame)
                    .as("Avro's own bytes, seed %d", seed)
                    .isEqualTo(ofAvro(transition, standing));

            assertThat(read.transition()).as("seed %d", seed).isEqualTo(transition);
            assertThat(read.phase()).isEqualTo(standing.phase());
            assertThat(read.failure()).isEqualTo(standing.failure());
            assertThat(read.definition()).isEqualTo(standing.definition().name());
        }
    }

    @Test
    void shouldReadEveryRejectionAsItWasWritten() {
        RandomSagas random = new RandomSagas(1);
        Standing standing = new Standing(random.definition(), Phase.COMPLETED, Optional.empty());
        for (Rejection rejection : Rejection.values()) {
            Transition transition = transition(random, List.of(), Optional.of(rejection));
            byte[] frame = WRITER.write(transition, standing);
            assertThat(READER.read(frame).transition()).isEqualTo(transition);
            assertThat(frame).isEqualTo(ofAvro(transition, standing));
        }
    }

    @Test
    void shouldKnowEveryKindOfEvent() {
        Stream<Class<?>> written = everyKind(new RandomSagas(1)).stream().map(Object::getClass);
        assertThat(
                        Stream.concat(
                                written,
                                Stream.of(SagaEvent.SagaStarted.class, SagaEvent.Migrated.class)))
                .containsExactlyInAnyOrderElementsOf(kinds(SagaEvent.class).toList());
    }

    private static byte[] ofAvro(Transition transition, Standing standing) {
        return AvroFrame.encode(
                5, SagaTransition.getClassSchema(), WRITER.avro(transition, standing));
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(TransitionsTest::kinds)
                : Stream.of(type);
    }

    private static Transition transition(
            RandomSagas random, List<SagaEvent> events, Optional<Rejection> rejection) {
        return new Transition(
                SagaId.of("order", "a/b ö"),
                random.number(),
                random.number(),
                random.instant(),
                random.position(),
                "reply",
                events,
                rejection);
    }

    private static List<SagaEvent> everyKind(RandomSagas random) {
        String path = random.text();
        int number = random.number();
        return List.of(
                new SagaEvent.CommandDecided(random.execution(), random.command(), random.flag()),
                new SagaEvent.CommandSent(random.execution(), number, random.sent()),
                new SagaEvent.CommandParked(
                        random.execution(),
                        new io.clew.saga.Delivery.Parked(random.text(), random.instant())),
                new SagaEvent.CommandPaused(random.execution(), random.paused()),
                new SagaEvent.CommandResumed(random.execution(), random.delivery()),
                new SagaEvent.ErrorReported(
                        random.execution(), random.failure(), number, random.delivery()),
                new SagaEvent.ProgressReported(random.execution(), random.sent()),
                new SagaEvent.StepSucceeded(path, number, random.optional(random::bytes)),
                new SagaEvent.StepRefused(path, number, random.failure()),
                new SagaEvent.StepGivenUp(path, number, random.failure()),
                new SagaEvent.StepSkipped(path, number, random.optional(random::bytes)),
                new SagaEvent.LateSuccess(path, number, random.optional(random::bytes)),
                new SagaEvent.LateRefusal(path, number, random.failure()),
                new SagaEvent.StepPassed(path, number),
                new SagaEvent.SavepointReached(path, number),
                new SagaEvent.WaitBegun(
                        path, number, random.waiting().kind(), random.instant(), random.flag()),
                new SagaEvent.WaitCancelled(path, number),
                new SagaEvent.WaitPaused(path, number, PauseSubject.definition("d")),
                new SagaEvent.WaitResumed(path, number),
                new SagaEvent.ArrivalHeld(random.arrival()),
                new SagaEvent.ArrivalTaken(random.text()),
                new SagaEvent.TurnTaken(path, number - 2),
                new SagaEvent.TakenBack(path, number),
                new SagaEvent.StopLifted(),
                new SagaEvent.WorkDone(random.optional(random::bytes)),
                new SagaEvent.TakeBackAsked(number),
                new SagaEvent.ParentEnded(),
                new SagaEvent.StopRequested(random.failure(), random.reach()),
                new SagaEvent.CompensationStarted(random.failure(), random.reach()),
                new SagaEvent.CompensationSucceeded(path, number, random.flag()),
                new SagaEvent.CompensationRefused(path, number, random.failure()),
                new SagaEvent.SagaHeld(random.incident()),
                new SagaEvent.IncidentRaised(random.incident()),
                new SagaEvent.IncidentResolved(random.incident().code(), random.text()),
                new SagaEvent.SagaPaused(),
                new SagaEvent.SagaResumed(),
                new SagaEvent.OperationApplied(path, "retry", random.text(), random.text()),
                new SagaEvent.OperationRejected(
                        path, "retry", random.text(), random.text(), Rejection.COMMAND_MISMATCH),
                new SagaEvent.TimerArmed(random.optional(random::instant)),
                new SagaEvent.SagaCompleted(random.optional(random::bytes)),
                new SagaEvent.SagaCompensated(),
                new SagaEvent.SagaAbandoned(random.failure()));
    }
}
