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
                .intervenes("a", Optional.of(revision), new InterventionRequest.Pause())
                .expectPhase(Phase.PAUSED);
    }

    @Test
    void shouldRejectAStaleRevisionBeforeLookingAtThePhase() {
        creating()
                .intervenes("a", Optional.of(7L), new InterventionRequest.Retry())
                .expectRejected(Rejection.REVISION_MISMATCH);
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
