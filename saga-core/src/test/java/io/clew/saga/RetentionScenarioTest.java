package io.clew.saga;

import static io.clew.saga.Orders.createOrder;
import static io.clew.saga.Orders.order;
import static io.clew.saga.testkit.SagaScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaScenario;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionScenarioTest {
    private static SagaScenario completed(Duration retention, Duration uniqueFor) {
        return given(order().retention(retention, uniqueFor).step(createOrder()).build())
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldLeaveAMarkerWhenAnEndedSagaExpires() {
        completed(Duration.ofDays(7), Duration.ofDays(30))
                .silentFor(Duration.ofDays(6))
                .expectCompleted()
                .silentFor(Duration.ofDays(2))
                .expectForgotten(true)
                .triggeredBy("o-1")
                .expectRejected(Rejection.KEY_TAKEN)
                .intervenes(new InterventionRequest.Pause())
                .expectRejected(Rejection.SAGA_ENDED)
                .late("CreateOrder", 1, new Outcome.Succeeded(Optional.empty()))
                .expectRejected(Rejection.SAGA_ENDED)
                .expectForgotten(true);
    }

    @Test
    void shouldFreeTheKeyWhenTheMarkerExpires() {
        SagaScenario scenario =
                completed(Duration.ofDays(7), Duration.ofDays(30))
                        .silentFor(Duration.ofDays(31))
                        .expectForgotten(false)
                        .triggeredBy("o-1")
                        .expectCommand("order", "CreateOrder");
        assertThat(scenario.saga().startedAt())
                .as("a run of its own")
                .isAfter("2026-01-31T00:00:00Z");
        scenario.late("CreateOrder", 1, new Outcome.Succeeded(Optional.empty())).expectCompleted();
    }

    @Test
    void shouldRejectRepliesOfTheRunBefore() {
        SagaScenario scenario = completed(Duration.ofMinutes(1), Duration.ofMinutes(1));
        long first = scenario.saga().run();
        scenario.silentFor(Duration.ofMinutes(2))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .input(
                        new SagaInput.Reply(
                                first,
                                "createOrder",
                                Direction.ACTION,
                                1,
                                1,
                                new Outcome.Succeeded(Optional.empty())))
                .expectRejected(Rejection.OTHER_RUN)
                .expectPhase(Phase.RUNNING);
    }

    @Test
    void shouldLeaveNoMarkerWhenTheKeyIsFreeBeforeTheRowGoes() {
        completed(Duration.ofDays(7), Duration.ofDays(1))
                .silentFor(Duration.ofDays(8))
                .expectForgotten(false);
    }

    @Test
    void shouldKeepAnEndedSagaWhenAnOldTimerFires() {
        SagaScenario scenario = completed(Duration.ofDays(7), Duration.ofDays(30));
        scenario.input(new SagaInput.TimerFired(scenario.saga().startedAt().plusSeconds(30)))
                .expectRejected(Rejection.NOTHING_DUE)
                .expectCompleted();
    }
}
