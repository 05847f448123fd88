package io.clew.saga;

import static io.clew.saga.Orders.charge;
import static io.clew.saga.Orders.createOrder;
import static io.clew.saga.Orders.order;
import static io.clew.saga.Orders.orderSaga;
import static io.clew.saga.testkit.SagaScenario.given;

import io.clew.saga.testkit.SagaScenario;
import io.clew.saga.testkit.TestStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QueueScenarioTest {
    private final AtomicReference<Optional<RuntimeException>> trouble =
            new AtomicReference<>(Optional.empty());

    private Mapping troubled(String text) {
        return scope -> {
            trouble.get()
                    .ifPresent(
                            it -> {
                                throw it;
                            });
            return Bytes.utf8(text);
        };
    }

    private void trouble(RuntimeException with) {
        trouble.set(Optional.of(with));
    }

    private SagaScenario orders(TestStep first, TestStep second) {
        return given(order().step(first).step(second).build());
    }

    private SagaScenario kept() {
        trouble(new MappingException("no such field"));
        return orders(createOrder(), charge().mapping(troubled("charge")))
                .triggeredBy("o-1")
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectHeld(Incident.Code.INPUT_FAULT)
                .expectKept(1);
    }

    @Test
    void shouldKeepAnInputThatThrowsAndLaterOnesBehindItUntilRetried() {
        SagaScenario scenario =
                kept().silentFor(Duration.ofMinutes(2)).expectNoCommand().succeeds().expectKept(3);
        trouble.set(Optional.empty());
        scenario.intervenes(new InterventionRequest.Retry())
                .expectKept(0)
                .expectNoIncident()
                .expectCommand("payment", "ChargePayment")
                .silentFor(Duration.ofMillis(1))
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldRaiseTheIncidentAgainWhenARetriedInputStillThrows() {
        SagaScenario scenario =
                kept().intervenes(new InterventionRequest.Retry())
                        .expectHeld(Incident.Code.INPUT_FAULT)
                        .expectKept(1);
        trouble.set(Optional.empty());
        scenario.intervenes(new InterventionRequest.Retry())
                .expectCommand("payment", "ChargePayment")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldKeepATriggerThatThrowsAndStartItWhenRetried() {
        trouble(new MappingException("no such field"));
        SagaScenario scenario =
                orders(createOrder().mapping(troubled("create")), charge())
                        .triggeredBy("o-1")
                        .expectHeld(Incident.Code.INPUT_FAULT);
        trouble.set(Optional.empty());
        scenario.intervenes(new InterventionRequest.Retry())
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectCommand("payment", "ChargePayment")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldAbandonASagaWithAKeptInputAndEmptyItsQueue() {
        kept().succeeds()
                .intervenes(new InterventionRequest.Abandon())
                .expectPhase(Phase.ABANDONED)
                .expectKept(0)
                .expectNoCommand();
    }

    @Test
    void shouldRefuseAnInterventionThatThrewWheneverItIsRepeated() {
        SagaScenario scenario =
                orders(createOrder(), charge().compensationMapping(troubled("refund")))
                        .triggeredBy("o-1")
                        .expectCommand("order", "CreateOrder")
                        .intervenes(new InterventionRequest.Pause())
                        .succeeds();
        trouble(new MappingException("no such field"));
        scenario.intervenes("op", Optional.empty(), new InterventionRequest.Cancel())
                .expectRejected(Rejection.FAULTED);
        trouble.set(Optional.empty());
        scenario.intervenes("op", Optional.empty(), new InterventionRequest.Cancel())
                .expectRejected(Rejection.FAULTED)
                .intervenes(new InterventionRequest.Cancel())
                .expectEvent(SagaEvent.CompensationStarted.class);
    }

    @Test
    void shouldPassOtherInterventionsByAKeptInput() {
        kept().intervenes(new InterventionRequest.Pause())
                .expectKept(1)
                .intervenes(new InterventionRequest.Retry())
                .expectRejected(Rejection.NOT_ALLOWED)
                .intervenes(new InterventionRequest.Resume())
                .intervenes(new InterventionRequest.Skip(Optional.empty()))
                .expectRejected(Rejection.NOT_ALLOWED)
                .expectHeld(Incident.Code.INPUT_FAULT);
    }

    @Test
    void shouldTakeAnInterventionPastAKeptInputWhenTheDefinitionIsBack() {
        SagaScenario scenario =
                kept().definitionsAway().intervenes(new InterventionRequest.Retry()).expectKept(2);
        trouble.set(Optional.empty());
        scenario.allBack()
                .expectKept(0)
                .expectCommand("payment", "ChargePayment")
                .succeeds()
                .expectCompleted();
    }

    @Test
    void shouldRejectAnInterventionThatThrowsAndKeepTheIncident() {
        SagaScenario scenario =
                orders(
                                createOrder()
                                        .compensationMapping(troubled("cancel"))
                                        .compensation("CancelOrder")
                                        .compensationMapping(troubled("cancel")),
                                charge())
                        .triggeredBy("o-1")
                        .expectCommand("order", "CreateOrder")
                        .succeeds()
                        .expectCommand("payment", "ChargePayment")
                        .failsWith("CARD_DECLINED")
                        .expectCommand("order", "CancelOrder")
                        .failsWith("LOCKED")
                        .expectHeld(Incident.Code.COMPENSATION_REFUSED);
        trouble(new MappingException("no such field"));
        scenario.intervenes(new InterventionRequest.Retry())
                .expectHeld(Incident.Code.COMPENSATION_REFUSED)
                .expectKept(0);
        trouble.set(Optional.empty());
        scenario.intervenes(new InterventionRequest.Retry())
                .expectCommand("order", "CancelOrder")
                .onExecution(2)
                .succeeds()
                .expectCompensated("CARD_DECLINED");
    }

    @Test
    void shouldKeepTheOrderWhenTheRegistryIsAway() {
        given(orderSaga())
                .registryAway()
                .triggeredBy("o-1")
                .intervenes(new InterventionRequest.Pause())
                .expectKept(2)
                .silentFor(Duration.ofSeconds(5))
                .allBack()
                .expectKept(0)
                .expectCommand("order", "CreateOrder")
                .succeeds()
                .expectPhase(Phase.PAUSED);
    }

    @Test
    void shouldKeepTheOrderWhenTheDefinitionIsNotHereYet() {
        given(orderSaga())
                .definitionsAway()
                .triggeredBy("o-1")
                .triggeredBy("o-1")
                .expectKept(2)
                .allBack()
                .expectRejected(Rejection.KEY_TAKEN)
                .expectCommand("order", "CreateOrder");
    }

    @Test
    void shouldKeepTheOrderWhenASchemaIsMissingAtMapping() {
        trouble(new NotYetException("schema 7"));
        SagaScenario scenario =
                orders(createOrder(), charge().mapping(troubled("charge")))
                        .triggeredBy("o-1")
                        .expectCommand("order", "CreateOrder")
                        .succeeds()
                        .expectKept(1)
                        .expectNoIncident()
                        .intervenes(new InterventionRequest.Pause())
                        .expectKept(2);
        trouble.set(Optional.empty());
        scenario.drained()
                .expectKept(0)
                .expectCommand("payment", "ChargePayment")
                .expectPhase(Phase.PAUSED);
    }

    @Test
    void shouldDeadLetterWhatFitsNoSaga() {
        given(orderSaga())
                .input(new SagaInput.TimerFired(Instant.EPOCH))
                .intervenes(new InterventionRequest.Pause())
                .expectDeadLetter("UNKNOWN_SAGA");
    }
}
