package io.clew.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.MemoryDefinitions;
import io.clew.coordinator.definitions.Parcels;
import io.clew.saga.DefinitionRef;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaState;
import io.clew.saga.testkit.Altered;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkMigrationTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Optional<String> BEGINNING = Optional.empty();

    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final MemoryEngine engine = new MemoryEngine(4);
    private final SagaWatch watch = new SagaWatch();
    private final MigratingInbox inbox = new MigratingInbox(engine, watch);
    private final BulkMigration migration =
            new BulkMigration(
                    engine,
                    new Peers(new ObjectMapper().findAndRegisterModules()),
                    new SagaQueries(
                            engine,
                            ref ->
                                    definitions
                                            .get(ref.name(), ref.version())
                                            .map(it -> it.compiled().definition()),
                            new ResultReader(definitions),
                            watch),
                    new BulkMigration.Interventions(definitions, inbox, watch));

    @BeforeEach
    void apply() {
        for (int version = 3; version <= 5; version++) {
            definitions.add(parcels.applied("parcel", version, 0));
        }
        definitions.add(parcels.renamed("parcel", 6, "keep"));
    }

    @Test
    void shouldMigrateAllThatRunByTheVersion() {
        // given
        IntStream.range(0, 450).forEach(i -> engine.put(Sagas.running("parcel:p-" + i, "store")));
        engine.put(Sagas.running("other:p-1", "store"));

        // when
        MigrationProgress progress = migration.run(order(4), BEGINNING, LONG);

        // then
        assertThat(progress.asked()).isEqualTo(450);
        assertThat(progress.migrated()).isEqualTo(450);
        assertThat(progress.complete()).isTrue();
        assertThat(progress.cursor()).isEmpty();
        SagaInput.Intervention said = inbox.taken().get(new SagaId("parcel:p-7"));
        assertThat(said.operationId()).isEqualTo("op-1/3/4/parcel:p-7");
        assertThat(said.actor()).isEqualTo("ada");
        assertThat(((InterventionRequest.Migrate) said.request()).to()).isEqualTo(ref(4));
        assertThat(inbox.taken()).hasSize(450).doesNotContainKey(new SagaId("other:p-1"));
    }

    @Test
    void shouldFindNothingMoreWhenRepeated() {
        // given
        engine.put(Sagas.running("parcel:p-1", "store"));
        migration.run(order(4), BEGINNING, LONG);

        // when
        MigrationProgress again = migration.run(order(4), BEGINNING, LONG);

        // then
        assertThat(again.asked()).isZero();
        assertThat(again.complete()).isTrue();
    }

    @Test
    void shouldCountWhatDoesNotFitByItsReasons() {
        // given
        IntStream.range(0, 8).forEach(i -> engine.put(Sagas.running("parcel:p-" + i, "store")));

        // when
        MigrationProgress progress = migration.run(order(6), BEGINNING, LONG);

        // then
        assertThat(progress.refused()).isEqualTo(8);
        assertThat(progress.complete()).isTrue();
        assertThat(progress.reasons())
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.reason()).isEqualTo("store is not there any more");
                            assertThat(it.sagas()).isEqualTo(8);
                            assertThat(it.examples()).hasSize(5);
                        });
        assertThat(inbox.taken()).isEmpty();
    }

    @Test
    void shouldOnlySayWhatWouldBe() {
        // given
        engine.put(Sagas.running("parcel:p-1", "store"));

        // when
        MigrationProgress progress =
                migration.run(order(4, Optional.empty(), true), BEGINNING, LONG);

        // then
        assertThat(progress.migrated()).isEqualTo(1);
        assertThat(progress.dryRun()).isTrue();
        assertThat(inbox.taken()).isEmpty();
    }

    @Test
    void shouldLeaveACompleteChildToItsParent() {
        // given
        SagaInstance child = Sagas.running("parcel:p-1", "store");
        engine.put(new Altered(child).state(new SagaState.Provisional(Optional.empty())).saga());

        // when
        MigrationProgress progress =
                migration.run(order(4, Optional.empty(), true), BEGINNING, LONG);

        // then
        assertThat(progress.refused()).isEqualTo(1);
        assertThat(progress.reasons().get(0).reason()).contains("waits for its parent");
    }

    @Test
    void shouldTakeOnlyThoseAtTheStep() {
        // given
        engine.put(Sagas.running("parcel:p-1", "store"));

        // then
        assertThat(migration.run(order(4, Optional.of("keep"), false), BEGINNING, LONG).asked())
                .isZero();
        assertThat(migration.run(order(4, Optional.of("store"), false), BEGINNING, LONG).asked())
                .isEqualTo(1);
    }

    @Test
    void shouldTellWhatASagaItselfRefused() {
        // given
        engine.put(Sagas.running("parcel:p-1", "store"));
        SagaInstance told = Sagas.running("parcel:p-2", "store");
        engine.put(told);
        engine.put(Sagas.running("parcel:p-3", "store"));
        inbox.answers(new SagaId("parcel:p-1"), Rejection.SAGA_ENDED);
        inbox.hasTold(new Altered(told).definition(ref(4)).saga());
        inbox.answers(new SagaId("parcel:p-3"), Rejection.OPERATION_REPEATED);

        // when
        MigrationProgress progress = migration.run(order(4), BEGINNING, LONG);

        // then
        assertThat(progress.migrated()).isEqualTo(1);
        assertThat(progress.reasons())
                .extracting(MigrationProgress.Reason::reason)
                .containsExactly("OPERATION_REPEATED", "SAGA_ENDED");
    }

    @Test
    void shouldSayThatItIsNotCompleteWhenTheInboxCannotBeWritten() {
        // given
        engine.put(Sagas.running("parcel:p-1", "store"));
        inbox.isAway();

        // when
        MigrationProgress progress = migration.run(order(4), BEGINNING, LONG);

        // then
        assertThat(progress.unanswered()).isEqualTo(1);
        assertThat(progress.complete()).isFalse();
    }

    @Test
    void shouldGoOnWhereItWasLeftWhenAnOwnerDoesNotAnswer() {
        // given
        engine.put(Sagas.running("parcel:p-0", "store"));
        engine.put(Sagas.running("parcel:p-1", "store"));
        engine.put(Sagas.running("parcel:p-2", "store"));
        engine.isElsewhere(1, URI.create("http://127.0.0.1:1"));
        engine.keepsACopyOf(1);
        engine.hasNoOwner(2);

        // when
        MigrationProgress progress = migration.run(order(4), BEGINNING, LONG);
        engine.isHere(1);
        engine.isHere(2);
        MigrationProgress rest = migration.run(order(4), progress.cursor(), LONG);

        // then
        assertThat(progress.migrated()).isEqualTo(1);
        assertThat(progress.complete()).isFalse();
        assertThat(rest.migrated()).isEqualTo(2);
        assertThat(rest.complete()).isTrue();
    }

    @Test
    void shouldStopWhenTheTimeIsOverAndGoOnWithTheCursor() {
        // given
        engine.put(Sagas.running("parcel:p-1", "store"));

        // when
        MigrationProgress none = migration.run(order(4), BEGINNING, Duration.ZERO);

        // then
        assertThat(none.complete()).isFalse();
        assertThat(none.asked()).isZero();
        assertThat(migration.run(order(4), none.cursor(), LONG).migrated()).isEqualTo(1);
        assertThatThrownBy(
                        () ->
                                migration.run(
                                        order(4, Optional.of("store"), false), none.cursor(), LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MigrationOrder order(int to) {
        return order(to, Optional.empty(), false);
    }

    private static MigrationOrder order(int to, Optional<String> step, boolean dryRun) {
        return new MigrationOrder("parcel", 3, to, step, "op-1", "ada", "new rules", dryRun);
    }

    private DefinitionRef ref(int version) {
        return definitions.versions("parcel").stream()
                .map(AppliedDefinition::ref)
                .filter(it -> it.version() == version)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldHandOutNoPlaceBeyondSagasThatHaveNotAnswered() {
        // given
        Map<Integer, String> left = Map.of(1, "somewhere");

        // then
        assertThat(MigrationProgress.of(order(4), MigrationTally.ofMigrated(), left).cursor())
                .isPresent();
        assertThat(MigrationProgress.of(order(4), MigrationTally.ofUnanswered(), left).cursor())
                .isEmpty();
    }

    @Test
    void shouldKeepFewReasonsHoweverManyThereAre() {
        // when
        MigrationTally tally =
                IntStream.range(0, 200)
                        .mapToObj(
                                i ->
                                        MigrationTally.ofRefused(
                                                "parcel:p-" + i, List.of("item " + i)))
                        .reduce(MigrationTally.NONE, MigrationTally::plus);

        // then
        assertThat(tally.refused()).isEqualTo(200);
        assertThat(tally.reasons()).hasSize(51);
        assertThat(tally.reasons().get("other reasons").sagas()).isEqualTo(150);
    }
}
