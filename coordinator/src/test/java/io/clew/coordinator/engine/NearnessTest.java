package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NearnessTest {
    private final Nearness nearness = new Nearness();

    private boolean isNear(long behind, int seconds) {
        return nearness.isNear(behind, Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void shouldWaitWhileRowsComeBack() {
        assertThat(isNear(90_000, 0)).isFalse();
        assertThat(isNear(60_000, 9)).isFalse();
        assertThat(isNear(30_000, 18)).isFalse();
        assertThat(isNear(10_000, 27)).isTrue();
    }

    @Test
    void shouldNotWaitForACopyThatStaysAsFarBehindAsItIs() {
        assertThat(isNear(400_000, 0)).isFalse();
        assertThat(isNear(20_000, 5)).isFalse();
        assertThat(isNear(25_000, 10)).isFalse();
        assertThat(isNear(21_000, 14)).isFalse();
        assertThat(isNear(30_000, 15)).isTrue();
    }

    @Test
    void shouldNotCallACopyNearThatIsTooFarBehindToTakeOver() {
        assertThat(isNear(400_000, 0)).isFalse();
        assertThat(isNear(400_000, 60)).isFalse();
    }
}
