package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Pace pace = new Pace(SECOND / 2);

    @Test
    void shouldTellWhatIsDoneInASecond() {
        // given
        pace.at(0, 1000);

        // when
        double tooSoon = pace.at(SECOND / 4, 1500);
        double later = pace.at(SECOND, 3000);

        // then
        assertThat(tooSoon).isZero();
        assertThat(later).isEqualTo(2000);
    }

    @Test
    void shouldForgetSlowlyHowFastItWas() {
        // given
        pace.at(0, 0);
        pace.at(SECOND, 8000);

        // when
        double idle = pace.at(11 * SECOND, 8000);
        double fasterAgain = pace.at(12 * SECOND, 18_000);

        // then
        assertThat(idle).isCloseTo(4000, within(1e-6));
        assertThat(fasterAgain).isEqualTo(10_000);
    }

    @Test
    void shouldCountAnewWhenThereIsLessThanBefore() {
        // given
        pace.at(0, 5000);
        pace.at(SECOND, 6000);

        // when
        double lessThanBefore = pace.at(2 * SECOND, 10);
        double then = pace.at(3 * SECOND, 3010);

        // then
        assertThat(lessThanBefore).isEqualTo(1000);
        assertThat(then).isEqualTo(3000);
    }
}
