package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.SagaId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final SagaId SAGA = SagaId.of("parcel", "p-1");

    private final Parcels parcels = new Parcels();
    private final AppliedDefinition first = parcels.applied("parcel", 1, 0);
    private final AppliedDefinition second = parcels.applied("parcel", 2, 10);
    private final AppliedDefinition third = parcels.applied("parcel", 3, 20);
    private final List<AppliedDefinition> all = List.of(third, second, first);
    private final Rollout newest = Rollout.NONE.applied(1, 0).applied(2, 1).applied(3, 2);

    @Test
    void shouldGiveWhatTheActiveVersionDoesNotHearToTheOneBefore() {
        // given
        Rollout back = newest.wished(RolloutTest.wish("a", 1, null), 3);
        Rollout forth = back.wished(RolloutTest.wish("b", 3, null, 1, 2), 4);

        // then
        assertThat(at(25, newest)).contains(third);
        assertThat(at(15, newest)).contains(second);
        assertThat(at(25, back)).contains(first);
        assertThat(at(15, forth)).as("active before, though retired now").contains(first);
    }

    @Test
    void shouldGiveNothingToAVersionThatWasNeverActive() {
        // given
        Rollout rollout = Rollout.NONE.applied(3, 2);

        // then
        assertThat(at(25, rollout)).contains(third);
        assertThat(at(15, rollout)).isEmpty();
    }

    @Test
    void shouldTakeNothingWhenTheActiveVersionIsRetired() {
        // given
        Rollout stopped = newest.wished(RolloutTest.wish("a", null, null, 1, 2, 3), 3);

        // then
        assertThat(Intake.now(all, stopped)).isEmpty();
        assertThat(at(5, stopped)).isEmpty();
        assertThat(Intake.ofChild(all, stopped).map(Intake::active)).contains(third);
    }

    @Test
    void shouldPassOverAVersionThatCannotRunHere() {
        assertThat(Intake.now(List.of(second, first), newest).map(Intake::active)).contains(second);
    }

    @Test
    void shouldLetTheCandidateTakeItsShare() {
        // given
        Rollout whole = newest.wished(RolloutTest.wish("a", 2, new Candidate(3, 100)), 3);
        Rollout none = newest.wished(RolloutTest.wish("a", 2, new Candidate(3, 0)), 3);

        // then
        assertThat(Intake.now(all, whole).map(it -> it.taker(SAGA))).contains(third);
        assertThat(Intake.now(all, none).map(it -> it.taker(SAGA))).contains(second);
        assertThat(at(15, whole)).as("it does not listen there").contains(second);
        assertThat(at(5, whole)).as("nor does the active one").contains(first);
    }

    private Optional<AppliedDefinition> at(long offset, Rollout rollout) {
        Predicate<AppliedDefinition> listens = it -> it.startOffsets().get(0) <= offset;
        return Intake.of(all, rollout, listens).map(it -> it.taker(SAGA));
    }
}
