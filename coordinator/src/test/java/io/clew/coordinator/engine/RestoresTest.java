package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoresTest {
    private static final TopicPartition FIRST = new TopicPartition("changelog", 0);
    private static final TopicPartition SECOND = new TopicPartition("changelog", 1);

    private final EngineMetrics metrics = new EngineMetrics();
    private long now = 5;
    private final Restores restores = new Restores(metrics, () -> now);

    private void passes(int millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void starts(TopicPartition partition) {
        restores.onRestoreStart(partition, SagaTopology.STORE, 0, 100);
    }

    @Test
    void shouldCountTheTimeOfPartitionsThatAreRestoredTogetherOnce() {
        // given
        starts(FIRST);
        passes(10);
        starts(SECOND);
        assertThat(metrics.restoring()).isEqualTo(2);

        // when
        restores.onBatchRestored(FIRST, SagaTopology.STORE, 70, 70);
        passes(20);
        restores.onRestoreEnd(FIRST, SagaTopology.STORE, 70);
        passes(5);
        restores.onRestoreSuspended(SECOND, SagaTopology.STORE, 0);

        // then
        assertThat(metrics.restoredRows()).isEqualTo(70);
        assertThat(metrics.restoringTime()).isEqualTo(Duration.ofMillis(35));
        assertThat(metrics.restoring()).isZero();
    }

    @Test
    void shouldNotCountTheTimeBetweenRestores() {
        // given
        starts(FIRST);
        passes(10);
        restores.onRestoreEnd(FIRST, SagaTopology.STORE, 1);
        passes(1000);

        // when
        starts(FIRST);
        passes(10);
        restores.onRestoreEnd(FIRST, SagaTopology.STORE, 1);

        // then
        assertThat(metrics.restoringTime()).isEqualTo(Duration.ofMillis(20));
    }
}
