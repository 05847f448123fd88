package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clew.saga.SagaId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateTest {
    private static final List<SagaId> SAGAS =
            IntStream.range(0, 5_000).mapToObj(it -> SagaId.of("parcel", "p-" + it)).toList();

    @Test
    void shouldTakeAboutItsShare() {
        assertThat(taken(2, 0)).isEmpty();
        assertThat(taken(2, 1).size()).isCloseTo(50, within(30));
        assertThat(taken(2, 30).size()).isCloseTo(1_500, within(150));
        assertThat(taken(2, 100)).hasSize(SAGAS.size());
    }

    @Test
    void shouldKeepWhatItHasWhenItsShareGrows() {
        Set<SagaId> before = Set.of();
        for (int percent = 0; percent < 100; percent++) {
            Set<SagaId> after = taken(2, percent + 1);
            assertThat(after.containsAll(before)).as("%d %%", percent).isTrue();
            before = after;
        }
    }

    @Test
    void shouldDrawAnewForEachVersion() {
        // when
        Set<SagaId> both = taken(2, 10);
        both.retainAll(taken(3, 10));

        // then
        assertThat(both.size()).isCloseTo(50, within(30));
    }

    /** What this release has drawn, every release must draw: shares outlive them. */
    @Test
    void shouldDrawTheSameForEver() {
        assertThat(new Candidate(2, 30).takes(SagaId.of("parcel", "p-1"))).isEqualTo(false);
        assertThat(
                        IntStream.rangeClosed(0, 100)
                                .filter(it -> new Candidate(2, it).takes(SAGAS.get(1)))
                                .findFirst())
                .hasValue(80);
    }

    @Test
    void shouldRefuseMoreThanTheWhole() {
        assertThatThrownBy(() -> new Candidate(2, 101))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<SagaId> taken(int version, int percent) {
        Candidate candidate = new Candidate(version, percent);
        return SAGAS.stream().filter(candidate::takes).collect(Collectors.toSet());
    }
}
