package io.clew.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.engine.PartitionProgress.Kept;
import io.clew.saga.QueuedInput;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Instant OLDEST = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void shouldSayInHealthWhyInputsAreKept() {
        // given
        Map<String, Long> reasons =
                Map.of("definition order:1 is not here yet", 7L, QueuedInput.OPERATOR, 2L);

        // when
        HealthCheckResponse answer = Health.kept(new Kept(reasons, Optional.of(OLDEST)));

        // then
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.getData().orElseThrow())
                .containsEntry("inputs", 9L)
                .containsEntry("oldest", "2026-01-31T12:00:00Z")
                .containsEntry("definition order:1 is not here yet", 7L)
                .containsEntry(QueuedInput.OPERATOR, 2L);
    }

    @Test
    void shouldBeWellWhenOnlyAnOperatorIsWaitedFor() {
        // when
        HealthCheckResponse held =
                Health.kept(new Kept(Map.of(QueuedInput.OPERATOR, 2L), Optional.of(OLDEST)));
        HealthCheckResponse nothing = Health.kept(Kept.NOTHING);

        // then
        assertThat(held.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(nothing.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void shouldNameTheReasonsThatKeepMostInputs() {
        // given
        Map<String, Long> reasons = new TreeMap<>();
        for (long i = 1; i <= 30; i++) {
            reasons.put("reason " + i, i);
        }

        // when
        HealthCheckResponse answer = Health.kept(new Kept(reasons, Optional.of(OLDEST)));

        // then
        assertThat(answer.getData().orElseThrow())
                .hasSize(2 + 10)
                .containsKeys("reason 30", "reason 21")
                .doesNotContainKey("reason 20");
    }
}
