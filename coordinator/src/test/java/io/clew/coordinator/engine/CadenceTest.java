package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CadenceTest {
    private static final Duration MOMENT = Duration.ofMillis(50);

    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;

    @BeforeEach
    void open() {
        coordinator = new CoordinatorHarness(stateDir);
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    private Set<Long> ticksOf(Duration span) {
        Set<Long> ticks = new TreeSet<>();
        for (Instant end = coordinator.now().plus(span); coordinator.now().isBefore(end); ) {
            coordinator.step(MOMENT);
            ticks.add(coordinator.parts.progress().at(0).orElseThrow().tickedAt());
        }
        return ticks;
    }

    @Test
    void shouldTickSlowlyWhileNothingIsDue() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.advance(Duration.ofSeconds(2));

        // when
        Set<Long> ticks = ticksOf(Duration.ofSeconds(5));

        // then
        assertThat(ticks).hasSizeBetween(10, 11);
    }

    @Test
    void shouldTickFastOnceATimerIsArmedThatIsDueSoon() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.advance(Duration.ofSeconds(2));

        // when
        coordinator.receivesReply(TestReply.to(coordinator.command("order.commands"), "error"));
        Instant due = coordinator.instance("o-1").timer().orElseThrow();
        while (coordinator.sent("order.commands").size() < 2) {
            coordinator.step(MOMENT);
        }

        // then
        assertThat(due).isBefore(coordinator.now());
        assertThat(Duration.between(due, coordinator.now())).isLessThanOrEqualTo(MOMENT);
    }

    @Test
    void shouldTickFastWhileATimerHasNotComeBack() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.deaf = true;
        coordinator.advance(TestDefinitions.TIMEOUT.plusSeconds(1));

        // when
        Set<Long> ticks = ticksOf(Duration.ofSeconds(1));

        // then
        assertThat(ticks).hasSizeBetween(19, 20);
    }
}
