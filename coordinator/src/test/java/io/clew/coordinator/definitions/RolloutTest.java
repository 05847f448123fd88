package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private final Rollout two = Rollout.NONE.applied(1, 0).applied(2, 1);

    @Test
    void shouldFollowTheHighestVersionThatIsApplied() {
        assertThat(Rollout.NONE.active()).isEmpty();
        assertThat(two.active()).contains(2);
        assertThat(two.applied(4, 2).applied(3, 3).active()).contains(4);
        assertThat(two.share(2)).isEqualTo(100);
        assertThat(two.share(1)).isZero();
    }

    @Test
    void shouldGoBackToAnEarlierVersionAndOnToTheNextOneThatIsApplied() {
        // when
        Rollout back = two.wished(wish("a", 1, null), 2);

        // then
        assertThat(back.active()).contains(1);
        assertThat(back.activated()).containsExactly(1, 2);
        assertThat(back.change().map(Rollout.Change::operationId)).contains("a");
        assertThat(back.applied(3, 3).active()).contains(3);
        assertThat(back.applied(3, 3).change()).isEmpty();
    }

    @Test
    void shouldEndATrialWhenANewVersionIsActive() {
        // given
        Rollout trial = two.wished(wish("a", 1, new Candidate(2, 30)), 2);

        // then
        assertThat(trial.share(1)).isEqualTo(70);
        assertThat(trial.share(2)).isEqualTo(30);
        assertThat(trial.applied(3, 3).candidate()).isEmpty();
    }

    @Test
    void shouldStartNothingWhenAllVersionsAreRetired() {
        // when
        Rollout stopped = two.wished(wish("a", null, null, 1, 2), 2);

        // then
        assertThat(stopped.active()).isEmpty();
        assertThat(stopped.share(2)).isZero();
        assertThat(stopped.applied(3, 3).active()).contains(3);
        assertThat(stopped.applied(3, 3).retired()).containsExactly(1, 2);
    }

    @Test
    void shouldTakeAChangeOnceAlsoAfterOthers() {
        // given
        Rollout.Wish first = wish("a", 1, null);
        Rollout changed = two.wished(first, 2).wished(wish("b", 2, null), 3);

        // when
        Rollout repeated = changed.wished(first, 4);

        // then
        assertThat(repeated).isEqualTo(changed);
        assertThat(repeated.knows("a")).isTrue();
    }

    @Test
    void shouldPassOverAChangeOfWhatIsNotThereAnyMore() {
        // given
        Rollout.Wish wish = wish("a", 1, null);
        Rollout.Wish stale =
                new Rollout.Wish(
                        wish.active(),
                        wish.candidate(),
                        wish.retired(),
                        Optional.of(0L),
                        wish.change());

        // then
        assertThat(two.wished(stale, 2)).isEqualTo(two);
        assertThat(two.revision()).isEqualTo(1);
    }

    @Test
    void shouldHaveARevisionBeforeAnythingIsActive() {
        assertThat(Rollout.NONE.standby(3).revision()).isEqualTo(3);
        assertThat(Rollout.NONE.standby(3).active()).isEmpty();
        assertThat(two.standby(3)).isEqualTo(two);
    }

    @Test
    void shouldCountALowerVersionThatCameLaterAsActiveBeforeTheLowerOnes() {
        assertThat(Rollout.NONE.applied(4, 0).applied(1, 1).applied(2, 2).activated())
                .containsExactly(4, 2, 1);
    }

    static Rollout.Wish wish(
            String operationId,
            @Nullable Integer active,
            @Nullable Candidate candidate,
            Integer... retired) {
        return new Rollout.Wish(
                Optional.ofNullable(active),
                Optional.ofNullable(candidate),
                Arrays.stream(retired).collect(Collectors.toSet()),
                Optional.empty(),
                new Rollout.Change(operationId, Instant.EPOCH, "ada", "try it"));
    }

    @Test
    void shouldKnowWhenNothingIsToBeChanged() {
        assertThat(two.fulfils(wish("a", 2, null))).isTrue();
        assertThat(two.fulfils(wish("a", 2, null, 1))).isFalse();
        assertThat(two.fulfils(wish("a", 2, new Candidate(1, 0)))).isFalse();
        assertThat(two.wished(wish("a", 2, null, 1), 2).retired()).isEqualTo(Set.of(1));
    }
}
