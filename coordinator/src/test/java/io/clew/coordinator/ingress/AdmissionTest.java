package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int PACE = 10_000;
    private static final int HALF_A_SECOND = PACE / 2;

    private final SeenInbox inbox = new SeenInbox();
    private final AtomicLong open = new AtomicLong();
    private final Admission admission =
            new Admission(
                    inbox, open::get, new Admission.Limits(Duration.ofMillis(500), 100_000, 10));

    @Test
    void shouldLetInWhatTheEngineTakesWithinTheLongestWait() {
        // when
        inbox.look(HALF_A_SECOND, PACE);
        boolean asMuch = admission.open();
        inbox.look(HALF_A_SECOND + 1, PACE);
        boolean more = admission.open();

        // then
        assertThat(asMuch).isTrue();
        assertThat(more).isFalse();
        assertThat(admission.closedBecause())
                .contains("5,001 records wait on the inbox, held back above 5,000");
    }

    @Test
    void shouldStayClosedUntilHalfOfTheSagasHaveEnded() {
        // given
        open.set(11);
        assertThat(admission.open()).isFalse();

        // when
        open.set(6);
        boolean stillMany = admission.open();
        open.set(5);
        boolean half = admission.open();

        // then
        assertThat(stillMany).isFalse();
        assertThat(half).isTrue();
        assertThat(admission.closedBecause()).isEmpty();
    }

    @Test
    void shouldOpenAgainThoughOtherLimitsAreNearlyReached() {
        // given
        open.set(9);
        inbox.look(90_000, HALF_A_SECOND + 1, PACE);
        assertThat(admission.open()).isFalse();

        // when
        inbox.look(90_000, HALF_A_SECOND / 2, PACE);

        // then
        assertThat(admission.open()).isTrue();
    }

    @Test
    void shouldLetInAFewThoughThePaceIsNotKnown() {
        // when
        inbox.look(Admission.FEW, 0);
        boolean few = admission.open();
        inbox.look(Admission.FEW + 1, 0);
        boolean more = admission.open();

        // then
        assertThat(few).isTrue();
        assertThat(more).isFalse();
    }

    @Test
    void shouldLetSagasPastWhatStandsInPartitionsWithoutOwner() {
        // when
        inbox.look(100_000, HALF_A_SECOND, PACE);
        boolean much = admission.open();
        inbox.look(100_001, HALF_A_SECOND, PACE);
        boolean tooMuch = admission.open();

        // then
        assertThat(much).isTrue();
        assertThat(tooMuch).isFalse();
        assertThat(admission.closedBecause())
                .contains("100,001 records stand on the inbox, held back above 100,000");
    }

    @Test
    void shouldCountWhatNoLookHasSeenYet() {
        // given
        inbox.look(0, PACE);
        assertThat(admission.open()).isTrue();

        // when
        admission.letIn(HALF_A_SECOND);
        boolean asMuch = admission.open();
        admission.letIn(1);
        boolean more = admission.open();
        inbox.look(HALF_A_SECOND / 2, PACE);
        boolean seen = admission.open();

        // then
        assertThat(asMuch).isTrue();
        assertThat(more).isFalse();
        assertThat(seen).isTrue();
    }

    @Test
    void shouldAskForALookOnlyWhenThereIsMuch() {
        // when
        inbox.look(1, PACE);
        admission.letIn(1);
        admission.open();
        int withLittle = inbox.asked();
        admission.letIn(Admission.FEW);
        admission.open();

        // then
        assertThat(withLittle).isZero();
        assertThat(inbox.asked()).isOne();
    }

    @Test
    void shouldSayWhyItIsClosed() {
        // given
        open.set(11);

        // when
        admission.open();

        // then
        assertThat(admission.closedBecause()).contains("11 sagas are open, held back above 10");
    }
}
