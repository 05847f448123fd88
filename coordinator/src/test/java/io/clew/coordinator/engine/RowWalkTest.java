package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.saga.Incident;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Phase;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowWalkTest {
    private static final Optional<String> ORDERS = Optional.of("order-fulfilment");
    private static final Walk ALL = new Walk.All(Optional.empty());
    private static final Walk INCIDENTS = new Walk.WithIncident(Optional.empty());

    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;
    private int rowsRead;

    @BeforeEach
    void open() {
        coordinator = new CoordinatorHarness(stateDir);
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    private List<Walked> walk(Walk walk, String after, int limit) {
        CountingStore store = new CountingStore(coordinator.store());
        List<Walked> found = new RowWalk(store).walk(walk, after, limit);
        rowsRead = store.reads();
        return found;
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
                .extracting(it -> read(it).unreadable().isPresent())
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

    private Optional<Incident> incident(Walked walked) {
        Lookup.Found rows = read(walked);
        return rows.noted().or(() -> rows.instance().flatMap(SagaInstance::incident));
    }

    private Lookup.Found read(Walked walked) {
        return SagaRead.of(coordinator.store(), walked.saga())
                .found(0, new Lookup.Source(true, true, 0));
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

    /** Sagas that start a second apart; every tenth is paused. */
    private void many(int sagas) {
        for (int i = 0; i < sagas; i++) {
            coordinator.receivesTrigger("o-" + i);
            if (i % 10 == 0) {
                coordinator.receivesIntervention(
                        "o-" + i, "op-" + i, new InterventionRequest.Pause());
            }
            coordinator.setBack(Duration.ofSeconds(-1));
        }
    }

    private static Instant started(int saga) {
        return CoordinatorHarness.START.plusSeconds(saga);
    }

    private List<SagaId> found(Walk walk) {
        return walk(walk, "", 100).stream().map(Walked::saga).toList();
    }

    @Test
    void shouldFindAKeyByLookingForItsRowAlone() {
        // given
        many(30);

        // then
        assertThat(found(new Walk.OfKey(ORDERS, "o-7"))).containsExactly(saga("o-7"));
        assertThat(rowsRead).isEqualTo(1);
        assertThat(found(new Walk.OfKey(Optional.empty(), "o-7"))).containsExactly(saga("o-7"));
        assertThat(rowsRead).isLessThan(5);
        assertThat(found(new Walk.OfKey(ORDERS, "nobody"))).isEmpty();
        assertThat(found(new Walk.OfKey(ORDERS, "x".repeat(300)))).isEmpty();
    }

    @Test
    void shouldReadOnlyTheRowsOfAnAttribute() {
        // given
        many(30);

        // then
        for (Optional<String> definition : List.of(ORDERS, Optional.<String>empty())) {
            assertThat(
                            found(
                                    new Walk.ByAttribute(
                                            definition, "customerId", "c-o-7", Walk.Span.ALWAYS)))
                    .containsExactly(saga("o-7"));
            assertThat(rowsRead).isLessThan(10);
        }
        assertThat(
                        found(
                                new Walk.ByAttribute(
                                        ORDERS,
                                        "customerId",
                                        "c-o-7",
                                        new Walk.Span(started(8), started(20)))))
                .isEmpty();
    }

    @Test
    void shouldReadOnlyTheRowsOfAPhase() {
        // given
        many(30);

        // then
        for (Optional<String> definition : List.of(ORDERS, Optional.<String>empty())) {
            assertThat(found(new Walk.ByPhase(definition, Set.of(Phase.PAUSED), Walk.Span.ALWAYS)))
                    .containsExactly(saga("o-0"), saga("o-10"), saga("o-20"));
            assertThat(rowsRead).isLessThan(20);
        }
    }

    @Test
    void shouldReadOnlyTheRowsOfASpan() {
        // given
        many(30);
        Walk.Span span = new Walk.Span(started(9), started(12));

        // when
        List<SagaId> found =
                found(new Walk.ByPhase(Optional.empty(), EnumSet.allOf(Phase.class), span));

        // then
        assertThat(found).containsExactly(saga("o-9"), saga("o-11"), saga("o-10"));
        assertThat(rowsRead).isLessThan(25);
        Walk.Span finer = new Walk.Span(started(9), started(9).plusNanos(1));
        assertThat(found(new Walk.ByPhase(ORDERS, EnumSet.allOf(Phase.class), finer)))
                .containsExactly(saga("o-9"));
        Walk.Span never = new Walk.Span(Instant.MIN, Instant.MIN);
        assertThat(found(new Walk.ByPhase(ORDERS, EnumSet.allOf(Phase.class), never))).isEmpty();
        Walk.Span ever = new Walk.Span(Instant.MIN, Instant.MAX);
        assertThat(found(new Walk.ByPhase(ORDERS, EnumSet.allOf(Phase.class), ever))).hasSize(30);
    }

    @Test
    void shouldGoOnFromPhaseToPhase() {
        // given
        many(20);
        Walk walk = new Walk.ByPhase(ORDERS, EnumSet.allOf(Phase.class), Walk.Span.ALWAYS);

        // when
        List<Walked> found = new ArrayList<>();
        List<Walked> next = walk(walk, "", 3);
        while (!next.isEmpty()) {
            found.addAll(next);
            next = walk(walk, next.get(next.size() - 1).at(), 3);
        }

        // then
        assertThat(found).extracting(Walked::at).isSorted();
        assertThat(found).extracting(Walked::saga).doesNotHaveDuplicates().hasSize(20);
        assertThat(found.get(18).saga()).isEqualTo(saga("o-0"));
        assertThat(found.get(19).saga()).isEqualTo(saga("o-10"));
    }
}
