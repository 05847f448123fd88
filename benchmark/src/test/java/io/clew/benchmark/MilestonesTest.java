package io.clew.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.platform.PlatformException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MilestonesTest {

    @Test
    void shouldNoteEachWhenItFirstHolds() {
        // given
        AtomicInteger looks = new AtomicInteger();
        var milestones =
                new Milestones()
                        .add("later", () -> looks.incrementAndGet() >= 3)
                        .add("at once", () -> true);

        // when
        Map<String, Double> reached = milestones.await(Duration.ofMinutes(1));

        // then
        assertThat(looks).hasValue(3);
        assertThat(reached.keySet()).containsExactly("at once", "later");
        assertThat(reached.get("later")).isGreaterThan(reached.get("at once"));
    }

    @Test
    void shouldSayWhatNeverHeld() {
        var milestones = new Milestones().add("never", () -> false).add("at once", () -> true);

        assertThatThrownBy(() -> milestones.await(Duration.ZERO))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("[never]");
    }
}
