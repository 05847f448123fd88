package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.StoredRows;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.testkit.Altered;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the coordinator of a real broker has stored follows from its inbox alone; of all sagas there
 * are, whatever other tests have done to them. And it would be seen if it did not.
 */
class ReplayIT {
    private final ClewSystem clew = ClewSystem.shared();
    private final PlacedOrder order = PlacedOrder.good();

    @BeforeEach
    void completeASaga() {
        clew.place(order);
        clew.sagas().awaitPhase(order.sagaId(), "COMPLETED");
    }

    @Test
    void shouldHaveStoredWhatTheInboxLeadsTo() {
        // when
        StoredRows stored = StoredRows.of(clew);

        // then
        assertThat(stored.instance(order.sagaId())).isPresent();
        assertThat(stored.differences()).isEmpty();
    }

    @Test
    void shouldFindARowThatIsAnother() {
        // given
        StoredRows stored = StoredRows.of(clew);
        SagaId saga = new SagaId(order.sagaId());
        SagaInstance right =
                InstanceCodec.decode(saga, stored.instance(order.sagaId()).orElseThrow());
        SagaInstance wrong = new Altered(right).run(right.run() + 1).saga();

        // when
        List<String> differences =
                stored.with(order.sagaId(), InstanceCodec.encode(wrong)).differences();

        // then
        assertThat(differences).hasSize(1);
        assertThat(differences.get(0))
                .contains("stored:   " + saga + " " + wrong, "replayed: " + saga + " " + right);
    }

    @Test
    void shouldFindASagaWhoseLastInputIsLost() {
        // given
        StoredRows stored = StoredRows.of(clew);

        // when
        List<String> differences = stored.withoutLastInput(order.sagaId()).differences();

        // then
        assertThat(differences).hasSize(1);
        assertThat(differences.get(0)).contains(order.sagaId(), "Completed", "Running");
    }
}
