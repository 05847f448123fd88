package io.clew.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalTest {

    private final Journal journal = new Journal();

    @Test
    void shouldCountEachSagaOnceHoweverOftenItsEndIsSeen() {
        // given
        journal.openWindow();
        journal.started(7, System.nanoTime());

        // when
        boolean first = journal.ended(new Target.End(7, true, 3));
        boolean again = journal.ended(new Target.End(7, true, 3));

        // then
        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(journal.open()).isZero();
        Journal.Seen seen = journal.closeWindow();
        assertThat(seen.ended()).isEqualTo(1);
        assertThat(seen.compensated()).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutWhatEndedBeforeTheWindow() {
        // given
        journal.started(1, System.nanoTime());
        journal.ended(new Target.End(1, false, 3));
        journal.started(2, System.nanoTime());

        // when
        journal.openWindow();
        journal.ended(new Target.End(2, false, 3));

        // then
        assertThat(journal.closeWindow().ended()).isEqualTo(1);
    }

    @Test
    void shouldMeasureFromWhenTheStartWasDue() {
        // given
        journal.openWindow();
        journal.started(1, System.nanoTime() - 50_000_000);

        // when
        journal.ended(new Target.End(1, false, 3));

        // then
        assertThat(journal.closeWindow().latency().p50()).isGreaterThanOrEqualTo(50);
    }
}
