package io.clew.saga;

import static io.clew.saga.Orders.orderSaga;
import static io.clew.saga.testkit.SagaScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaScenario;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterventionScenarioTest {
    private static SagaScenario creating() {
        return given(orderSaga()).triggeredBy("o-1").expectCommand("order", "CreateOrder");
    }

    @Test
    void shouldApplyAnOperationOnceWhenItIsRepeated() {
        SagaScenario scenario =
                creating().intervenes("op", Optional.empty(), new InterventionRequest.Pause());
        long revision = scenario.saga().revision();
        scenario.intervenes("op", Optional.empty(), new InterventionRequest.Pause())
                .expectRejected(Rejection.OPERATION_REPEATED);
        assertThat(scenario.saga().revision()).isEqualTo(revision);
    }

    @Test
    void shouldRejectAnInterventionThatMeansAnotherRevision() {
        SagaScenario scenario = creating();
        long revision = scenario.saga().revision();
        scenario.intervenes("a", Optional.of(revision + 1), new InterventionRequest.Pause())
                .expectRejected(Rejection.REVISION_MISMATCH)
                .intervenes("b", Optional.of(revision + 1), new InterventionRequest.Pause())
                .expectPhase(Phase.PAUSED);
    }

    @Test
    void shouldRejectAStaleRevisionBeforeLookingAtThePhase() {
        creating()
                .intervenes("a", Optional.of(7L), new InterventionRequest.Retry())
                .expectRejected(Rejection.REVISION_MISMATCH);
    }

    @Test
    void shouldAnswerARepeatAsItDidFirstWhenItWasRejected() {
        SagaScenario scenario =
                creating()
                        .intervenes("op", Optional.empty(), new InterventionRequest.Resume())
                        .expectRejected(Rejection.NOT_ALLOWED)
                        .intervenes("other", Optional.empty(), new InterventionRequest.Pause())
                        .expectPhase(Phase.PAUSED);
        long revision = scenario.saga().revision();
        scenario.intervenes("op", Optional.empty(), new InterventionRequest.Resume())
                .expectRejected(Rejection.NOT_ALLOWED)
                .expectPhase(Phase.PAUSED);
        assertThat(scenario.saga().revision()).isEqualTo(revision);
        scenario.intervenes("new", Optional.empty(), new InterventionRequest.Resume())
                .expectPhase(Phase.RUNNING);
    }

    @Test
    void shouldRememberARejectionAndChangeNothingElse() {
        SagaScenario scenario = creating();
        SagaInstance before = scenario.saga();
        SagaInstance after =
                scenario.intervenes(
                                "op",
                                Optional.empty(),
                                new InterventionRequest.Skip(Optional.empty()))
                        .saga();
        assertThat(after.revision()).isEqualTo(before.revision() + 1);
        assertThat(after.operation("op"))
                .contains(new Operation("op", Optional.of(Rejection.NOT_ALLOWED)));
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.timer()).isEqualTo(before.timer());
    }

    /** Else two operators who insist on the revision they saw would push each other away. */
    @Test
    void shouldNotStepTheRevisionWhenAnOldOneIsMeant() {
        SagaScenario scenario = creating().intervenes(new InterventionRequest.Pause());
        long revision = scenario.saga().revision();
        scenario.intervenes("a", Optional.of(revision - 1), new InterventionRequest.Resume())
                .expectRejected(Rejection.REVISION_MISMATCH);
        assertThat(scenario.saga().revision()).isEqualTo(revision);
    }

    @Test
    void shouldRejectWhenAnotherCommandIsMeant() {
        SagaScenario scenario = creating();
        String command = scenario.saga().currentCommands().get(0);
        assertThat(command).endsWith("/createOrder/action/1");
        scenario.succeeds()
                .expectCommand("payment", "ChargePayment")
                .intervenesAt("a", command, new InterventionRequest.Cancel())
                .expectRejected(Rejection.COMMAND_MISMATCH)
                .expectPhase(Phase.RUNNING);
        String next = scenario.saga().currentCommands().get(0);
        scenario.intervenesAt("a", next, new InterventionRequest.Cancel())
                .expectRejected(Rejection.COMMAND_MISMATCH)
                .intervenesAt("b", next, new InterventionRequest.Cancel())
                .expectEvent(SagaEvent.StopRequested.class);
    }

    @Test
    void shouldMeanTheRefusedCommandThatHoldsTheSaga() {
        SagaScenario scenario =
                creating()
                        .succeeds()
                        .expectCommand("payment", "ChargePayment")
                        .failsWith("NO_MONEY")
                        .expectCommand("order", "CancelOrder")
                        .failsWith("TOO_LATE")
                        .expectHeld(Incident.Code.COMPENSATION_REFUSED);
        String command = scenario.saga().currentCommands().get(0);
        assertThat(command).endsWith("/createOrder/compensation/1");
        scenario.intervenesAt("a", command, new InterventionRequest.Skip(Optional.empty()))
                .expectCompensated();
        assertThat(scenario.saga().currentCommands()).isEmpty();
    }

    @Test
    void shouldAbandonAtAnyTimeAndSendNothingMore() {
        creating()
                .intervenes(new InterventionRequest.Abandon())
                .expectPhase(Phase.ABANDONED)
                .late("CreateOrder", 1, new Outcome.Succeeded(Optional.empty()))
                .expectRejected(Rejection.SAGA_ENDED)
                .expectNoCommand();
    }

    @Test
    void shouldRememberTheNewestOperationsOnly() {
        SagaScenario scenario = creating();
        for (int i = 0; i < SagaInstance.OPERATIONS_KEPT; i++) {
            scenario.intervenes(new InterventionRequest.Pause())
                    .intervenes(new InterventionRequest.Resume());
        }
        assertThat(scenario.saga().operations()).hasSize(SagaInstance.OPERATIONS_KEPT);
    }
}
