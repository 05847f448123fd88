package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong open = new AtomicLong();
    private final Admission admission = new Admission(lag::get, open::get, 100, 10);

    @Test
    void shouldStayClosedUntilHalfOfTheLimit() {
        // given
        lag.set(101);
        assertThat(admission.open()).isFalse();

        // when
        lag.set(60);
        boolean stillHigh = admission.open();
        lag.set(50);
        boolean low = admission.open();

        // then
        assertThat(stillHigh).isFalse();
        assertThat(low).isTrue();
        assertThat(admission.closedBecause()).isEmpty();
    }

    @Test
    void shouldSayWhyItIsClosed() {
        // given
        open.set(11);

        // when
        admission.open();

        // then
        assertThat(admission.closedBecause()).contains("11 open sagas are above 10");
    }
}
