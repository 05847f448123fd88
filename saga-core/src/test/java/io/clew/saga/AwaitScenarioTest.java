package io.clew.saga;

import static io.clew.saga.Trips.beside;
import static io.clew.saga.Trips.car;
import static io.clew.saga.Trips.flight;
import static io.clew.saga.Trips.trip;
import static io.clew.saga.testkit.SagaScenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clew.saga.testkit.SagaScenario;
import io.clew.saga.testkit.TestSaga;
import io.clew.saga.testkit.TestStep;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwaitScenarioTest {
    private static final Channel EVENTS = new Channel.Topic("warehouse.events");
    private static final Channel SIGNAL = new Channel.Signal("picked");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static Await await(Map<String, FailurePolicy> onFailure) {
        Formula<Boolean> match =
                scope -> TestSaga.text(scope.received().orElseThrow()).startsWith("ok");
        CommandSpec back =
                new CommandSpec(
                        "warehouse",
                        "warehouse.commands",
                        "ReturnToShelf",
                        AwaitScenarioTest::returning,
                        ResultCheck.ANY,
                        Duration.ofSeconds(30),
                        RetryPolicy.DEFAULT_COMPENSATION);
        return new Await(
                "picked",
                EVENTS,
                "Arrived",
                Optional.of(match),
                Optional.of(TIMEOUT),
                Optional.of(back),
                onFailure);
    }

    private static Bytes returning(MappingScope scope) {
        String received = TestSaga.text(scope.received().orElseThrow());
        return Bytes.utf8("Return " + received + ": " + scope.failure().orElseThrow().code());
    }

    private static SagaScenario waiting() {
        return waiting(Map.of());
    }

    private static SagaScenario waiting(Map<String, FailurePolicy> onFailure) {
        return given(trip().step(flight()).then(await(onFailure)).step(car()).build())
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectNoCommand();
    }

    @Test
    void shouldGoOnWithWhatHasArrived() {
        waiting()
                .arrives(EVENTS, "ok 1")
                .expectCommand("cars", "RentCar")
                .saying("RentCar(t-1 {picked=ok 1})")
                .failsWith("NONE_LEFT")
                .expectCommand("warehouse", "ReturnToShelf")
                .succeeds()
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated();
    }

    @Test
    void shouldNotTakeWhatDoesNotMatch() {
        waiting()
                .arrives(EVENTS, "no 1")
                .expectNoCommand()
                .arrives(SIGNAL, "ok 2")
                .expectRejected(Rejection.NOT_AWAITED)
                .arrives(EVENTS, "ok 3")
                .expectCommand("cars", "RentCar");
    }

    @Test
    void shouldTakeTheSameEventOnce() {
        waiting()
                .arrives("e", EVENTS, "ok 1")
                .expectCommand("cars", "RentCar")
                .arrives("e", EVENTS, "ok 1")
                .expectRejected(Rejection.ARRIVAL_REPEATED);
    }

    @Test
    void shouldHoldWhatComesBeforeItIsAwaited() {
        given(trip().step(flight()).then(await(Map.of())).step(car()).build())
                .triggeredBy("t-1")
                .arrives(EVENTS, "ok 1")
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectCommand("cars", "RentCar")
                .saying("RentCar(t-1 {picked=ok 1})");
    }

    @Test
    void shouldHoldWhatComesBeforeTheStart() {
        given(trip().step(flight()).then(await(Map.of())).step(car()).build())
                .arrivesBefore("t-1", EVENTS, "ok 1")
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .succeeds()
                .expectCommand("cars", "RentCar");
    }

    @Test
    void shouldGiveUpWhatWasHeldForAStartThatNeverCame() {
        given(trip().step(flight()).then(await(Map.of())).build())
                .arrivesBefore("t-1", EVENTS, "ok 1")
                .silentFor(Early.KEPT)
                .expectDeadLetter("UNCLAIMED");
    }

    @Test
    void shouldGiveUpWhatWasHeldForNothing() {
        waiting()
                .arrives(EVENTS, "ok 1")
                .arrives(EVENTS, "ok 2")
                .expectCommand("cars", "RentCar")
                .succeeds()
                .expectCompleted()
                .expectDeadLetter("UNCLAIMED");
    }

    @Test
    void shouldCompensateWhenNothingComes() {
        waiting()
                .silentFor(TIMEOUT)
                .expectCommand("flights", "CancelFlight")
                .succeeds()
                .expectCompensated(Failure.TIMED_OUT);
    }

    @Test
    void shouldTakeBackAnEventThatComesWhileTheSagaCompensates() {
        waiting()
                .silentFor(TIMEOUT)
                .expectCommand("flights", "CancelFlight")
                .arrives(EVENTS, "ok 1")
                .expectNoCommand()
                .succeeds()
                .expectCommand("warehouse", "ReturnToShelf")
                .succeeds()
                .expectCompensated(Failure.TIMED_OUT);
    }

    @Test
    void shouldTakeBackALateEventAtOnceWhenTheSagaWentOnWithoutIt() {
        waiting(Map.of(Failure.TIMED_OUT, new FailurePolicy.Continue()))
                .silentFor(TIMEOUT)
                .expectCommand("cars", "RentCar")
                .arrives(EVENTS, "ok 1")
                .expectCommand("warehouse", "ReturnToShelf")
                .saying("Return ok 1: TIMED_OUT")
                .then("RentCar")
                .succeeds()
                .expectPhase(Phase.RUNNING)
                .then("ReturnToShelf")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldSayOfACompensationWhetherItTakesBackAnEvent() {
        SagaScenario scenario =
                waiting(Map.of(Failure.TIMED_OUT, new FailurePolicy.Continue()))
                        .silentFor(TIMEOUT)
                        .expectCommand("cars", "RentCar")
                        .arrives(EVENTS, "ok 1")
                        .expectCommand("warehouse", "ReturnToShelf");

        assertThat(scenario.saga().outstanding())
                .extracting(it -> it.command().type(), it -> it.command().takesBackEvent())
                .containsExactlyInAnyOrder(tuple("RentCar", false), tuple("ReturnToShelf", true));
    }

    @Test
    void shouldHoldTheSagaWhenALateEventCannotBeTakenBack() {
        waiting(Map.of(Failure.TIMED_OUT, new FailurePolicy.Continue()))
                .silentFor(TIMEOUT)
                .expectCommand("cars", "RentCar")
                .succeeds()
                .expectCompleted();
        waiting(Map.of(Failure.TIMED_OUT, new FailurePolicy.Continue()))
                .silentFor(TIMEOUT)
                .expectCommand("cars", "RentCar")
                .arrives(EVENTS, "ok 1")
                .expectCommand("warehouse", "ReturnToShelf")
                .failsWith("GONE")
                .then("RentCar")
                .succeeds()
                .expectHeld(Incident.Code.COMPENSATION_REFUSED)
                .intervenes(new InterventionRequest.Retry())
                .expectCommand("warehouse", "ReturnToShelf")
                .onExecution(2)
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldEndAtTheDeadlineInAPauseOfItsDefinitionWhenNothingWaitsForItsEnd() {
        waiting(Map.of(Failure.TIMED_OUT, new FailurePolicy.Continue()))
                .silentFor(TIMEOUT)
                .expectCommand("cars", "RentCar")
                .arrives(EVENTS, "ok 1")
                .expectCommand("warehouse", "ReturnToShelf")
                .failsWith("GONE")
                .then("RentCar")
                .succeeds()
                .expectHeld(Incident.Code.COMPENSATION_REFUSED)
                .pauses(PauseSubject.definition("trip"))
                .silentFor(Duration.ofDays(2))
                .expectEvent(SagaEvent.StopRequested.class);
    }

    @Test
    void shouldWaitAgainPastThePointOfNoReturn() {
        SagaDefinition definition =
                trip().step(TestStep.step("rentCar", "cars", "RentCar").pivot())
                        .then(await(Map.of()))
                        .build();
        given(definition)
                .triggeredBy("t-1")
                .expectCommand("cars", "RentCar")
                .succeeds()
                .silentFor(TIMEOUT)
                .expectHeld(Incident.Code.REFUSED_PAST_POINT_OF_NO_RETURN)
                .intervenes(new InterventionRequest.Retry())
                .expectNoIncident()
                .arrives(EVENTS, "ok 1")
                .expectCompleted();
    }

    @Test
    void shouldCancelAnAwaitWhenAnotherBranchIsRefused() {
        given(trip().then(beside(await(Map.of()), flight().build())).build())
                .triggeredBy("t-1")
                .expectCommand("flights", "BookFlight")
                .failsWith("NO_SEATS")
                .expectStep("picked", StepRecord.Status.CANCELLED)
                .expectCompensated("NO_SEATS");
    }

    @Test
    void shouldTakeASignalByName() {
        Await approval =
                new Await(
                        "picked",
                        SIGNAL,
                        "Arrived",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of());
        given(trip().then(approval).step(car()).build())
                .triggeredBy("t-1")
                .expectNoCommand()
                .arrives(SIGNAL, "yes")
                .expectCommand("cars", "RentCar")
                .saying("RentCar(t-1 {picked=yes})");
    }

    @Test
    void shouldNotTimeOutWhileTheDefinitionIsPaused() {
        waiting()
                .pauses(PauseSubject.definition("trip"))
                .silentFor(TIMEOUT.multipliedBy(2))
                .expectPhase(Phase.RUNNING)
                .expectNoCommand()
                .resumes(PauseSubject.definition("trip"))
                .expectCommand("flights", "CancelFlight");
    }

    @Test
    void shouldWaitForATime() {
        Delay delay = new Delay("coolingOff", new Delay.Until.After(Duration.ofMinutes(5)));
        given(trip().then(delay).step(car()).build())
                .triggeredBy("t-1")
                .silentFor(Duration.ofMinutes(4))
                .expectNoCommand()
                .silentFor(Duration.ofMinutes(1))
                .expectCommand("cars", "RentCar");
    }

    @Test
    void shouldNotWaitForATimeThatHasPassed() {
        Delay delay =
                new Delay("until", new Delay.Until.At(scope -> scope.startedAt().minusSeconds(5)));
        given(trip().then(delay).step(car()).build())
                .triggeredBy("t-1")
                .expectCommand("cars", "RentCar");
    }
}
