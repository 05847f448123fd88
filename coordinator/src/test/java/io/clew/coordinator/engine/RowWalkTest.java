package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.saga.Incident;
import io.clew.saga.InterventionRequest;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowWalkTest {
    private static final Walk ALL = new Walk.All(Optional.empty());
    private static final Walk INCIDENTS = new Walk.WithIncident(Optional.empty());

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

    private List<Walked> walk(Walk walk, String after, int limit) {
        return new RowWalk(coordinator.store(), 0, new Lookup.Source(true, true, 0))
                .walk(walk, after, limit);
    }

    private static SagaId saga(String order) {
        return CoordinatorHarness.saga(order);
    }

    private void spoil(String order) {
        coordinator.store().put(Keys.instance(saga(order)), new byte[] {Byte.MAX_VALUE});
    }

    @Test
    void shouldFindTheOthersWhenOneRowCannotBeRead() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.receivesTrigger("o-2");
        coordinator.receivesTrigger("o-3");
        spoil("o-2");

        // when
        List<Walked> found = walk(ALL, "", 10);

        // then
        assertThat(found)
                .extracting(Walked::saga)
                .containsExactly(saga("o-1"), saga("o-2"), saga("o-3"));
        assertThat(found)
                .extracting(it -> it.rows().unreadable().isPresent())
                .containsExactly(false, true, false);
    }

    @Test
    void shouldGoOnWhereItWasLeft() {
        // given
        for (int i = 0; i < 5; i++) {
            coordinator.receivesTrigger("o-" + i);
        }

        // when
        List<SagaId> found = new ArrayList<>();
        List<Walked> next = walk(ALL, "", 2);
        while (!next.isEmpty()) {
            next.forEach(it -> found.add(it.saga()));
            next = walk(ALL, next.get(next.size() - 1).at(), 2);
        }

        // then
        assertThat(found)
                .containsExactly(saga("o-0"), saga("o-1"), saga("o-2"), saga("o-3"), saga("o-4"));
        assertThat(walk(new Walk.All(Optional.of("order")), "", 10)).isEmpty();
    }

    @Test
    void shouldRefuseAPlaceThatIsNone() {
        assertThatThrownBy(() -> walk(ALL, "order-fulfilment:o-1", 10))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFindIncidentsInAndBesideInstancesOnceEach() {
        // given
        coordinator.receivesTrigger("in");
        Sent command = coordinator.command("order.commands");
        coordinator.receivesTrigger("ended");
        Sent late = coordinator.command("order.commands");
        coordinator.receivesIntervention("ended", "op", new InterventionRequest.Abandon());
        coordinator.receivesTrigger("well");
        coordinator.trouble = Optional.of(new IllegalStateException("nobody knows why"));
        coordinator.receivesReply(succeeds(command));
        coordinator.receivesReply(succeeds(late));
        coordinator.receivesTrigger("never-started");
        coordinator.trouble = Optional.empty();

        // when
        List<Walked> found = walk(INCIDENTS, "", 10);

        // then
        assertThat(found)
                .extracting(Walked::saga)
                .containsExactlyInAnyOrder(saga("in"), saga("ended"), saga("never-started"));
        assertThat(found).allMatch(it -> incident(it).isPresent());
        assertThat(walk(new Walk.WithIncident(Optional.of("order")), "", 10)).isEmpty();
    }

    private static Optional<Incident> incident(Walked walked) {
        return walked.rows()
                .noted()
                .or(() -> walked.rows().instance().flatMap(SagaInstance::incident));
    }

    @Test
    void shouldFindASagaOnceWhenItsIncidentsStandInAndBesideIt() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent command = coordinator.command("order.commands");
        coordinator.trouble = Optional.of(new IllegalStateException("nobody knows why"));
        coordinator.receivesReply(succeeds(command));
        coordinator.trouble = Optional.empty();
        spoil("o-1");
        coordinator.forgetMemory();
        coordinator.receivesReply(succeeds(command));
        assertThat(coordinator.count(Keys.INDEX)).isGreaterThan(2);

        // when
        List<Walked> found = walk(INCIDENTS, "", 10);

        // then
        assertThat(found).extracting(Walked::saga).containsExactly(saga("o-1"));
    }
}
