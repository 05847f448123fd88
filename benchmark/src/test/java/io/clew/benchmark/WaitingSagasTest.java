package io.clew.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitingSagasTest {

    private static final String MEASURED = Rest.resource("/order-saga-3/order-saga-3.yaml");

    @Test
    void shouldDifferFromTheMeasuredSagaInWhoIsSilentAndForHowLong() {
        // when
        String yaml = WaitingSagas.open(10).yaml(MEASURED);

        // then
        assertThat(yaml)
                .contains("saga: waiting-3", "topic: waiting-3.events", "participant: nobody")
                .contains("timeout: 21600s", "deadline: 2d")
                .doesNotContain("participant: stock", "order-saga-3", "timeout: 30s");
        assertThat(yaml.lines()).hasSameSizeAs(MEASURED.lines().toList());
    }

    @Test
    void shouldHaveTimersFallDueOnlyWhenAllSagasCanHaveStarted() {
        assertThat(WaitingSagas.due(1_000_000).silence()).isGreaterThan(Duration.ofSeconds(200));
        assertThat(WaitingSagas.due(10).silence()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void shouldNameItsSagasByDefinitionAndNumber() {
        assertThat(WaitingSagas.open(10).sagaId(7)).isEqualTo("waiting-3:w-7");
    }
}
