package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.Parcels;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private final Parcels parcels = new Parcels();
    private final AppliedDefinition old = parcels.applied("old", 1, 0);
    private final PartitionProgress running = PartitionProgress.fresh(List.of(old));

    @Test
    void shouldGoBackForADefinitionThatListensFromEarlier() {
        // given
        AppliedDefinition late = parcels.applied("late", 1, 30);

        // when
        PartitionProgress.Next next = running.with(List.of(old, late), 0, 100);

        // then
        assertThat(next.backTo()).contains(30L);
        assertThat(next.progress().gives("late", 30)).isTrue();
        assertThat(next.progress().gives("old", 99)).isFalse();
        assertThat(next.progress().gives("old", 100)).isTrue();
    }

    @Test
    void shouldGoOnForADefinitionThatListensFromLater() {
        // given
        AppliedDefinition ahead = parcels.applied("ahead", 1, 100);

        // when
        PartitionProgress.Next next = running.with(List.of(old, ahead), 0, 100);

        // then
        assertThat(next.backTo()).isEmpty();
        assertThat(next.progress().gives("old", 99)).isTrue();
    }

    @Test
    void shouldGoBackOnce() {
        // given
        AppliedDefinition late = parcels.applied("late", 1, 30);
        PartitionProgress catchingUp = running.with(List.of(old, late), 0, 100).progress();

        // when
        PartitionProgress.Next next = catchingUp.with(List.of(old, late), 0, 50);

        // then
        assertThat(next.backTo()).isEmpty();
        assertThat(next.progress()).isEqualTo(catchingUp);
    }

    @Test
    void shouldForgetWhoCaughtUp() {
        // given
        AppliedDefinition late = parcels.applied("late", 1, 30);
        PartitionProgress catchingUp = running.with(List.of(old, late), 0, 100).progress();

        // when
        PartitionProgress done = catchingUp.at(100);

        // then
        assertThat(done.until()).isZero();
        assertThat(done.names()).isEmpty();
        assertThat(catchingUp.at(99)).isEqualTo(catchingUp);
    }

    @Test
    void shouldSurviveItsText() {
        // given
        PartitionProgress catchingUp =
                running.with(List.of(old, parcels.applied("late", 1, 30)), 0, 100).progress();

        // when
        PartitionProgress again = PartitionProgress.parse(catchingUp.format());

        // then
        assertThat(again).isEqualTo(catchingUp);
        assertThat(PartitionProgress.parse("")).isEqualTo(PartitionProgress.fresh(List.of()));
    }
}
