package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.Incident;
import io.clew.saga.InterventionRequest;
import io.clew.saga.MappingException;
import io.clew.saga.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one owner alone has seen is committed before anything follows from it. */
class OwnSightTest {
    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;

    @BeforeEach
    void open() {
        coordinator = new CoordinatorHarness(stateDir);
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    @Test
    void shouldLetNoInterventionPassAFailedInputBeforeItsFailureIsCommitted() {
        // given
        coordinator.definitions.put(
                TestDefinitions.ORDER,
                TestDefinitions.order(
                        scope -> {
                            throw new MappingException("cannot be rendered");
                        }));
        coordinator.receivesTrigger("o-1");
        coordinator.commitsLate = true;
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        coordinator.definitions.put(TestDefinitions.ORDER, TestDefinitions.order());

        // when
        coordinator.receivesIntervention("o-1", "op-1", new InterventionRequest.Retry());
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(coordinator.instance("o-1").incident().map(Incident::code))
                .isEqualTo(Optional.of(Incident.Code.INPUT_FAULT));
        assertThat(coordinator.sent("payment.commands")).isEmpty();

        // and when
        coordinator.commitsLate = false;
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(coordinator.instance("o-1").incident()).isEmpty();
        assertThat(coordinator.sent("payment.commands")).isNotEmpty();
        coordinator.receivesReply(succeeds(coordinator.command("payment.commands")));
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.COMPLETED);
    }
}
