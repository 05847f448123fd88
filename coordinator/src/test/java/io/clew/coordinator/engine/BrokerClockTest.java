package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokerClockTest {
    private final BrokerClock clock = new BrokerClock();

    @Test
    void shouldFollowABrokerThatIsAheadFromWhatIsRead() {
        // when
        clock.heard(5_000, 1_000);
        clock.heard(3_000, 2_000);

        // then
        assertThat(clock.brokerTime(2_000)).isEqualTo(6_000);
    }

    @Test
    void shouldNotTakeOldRecordsForABrokerThatIsBehind() {
        // when
        clock.heard(1_000, 3_600_000);

        // then
        assertThat(clock.brokerTime(3_600_000)).isEqualTo(3_600_000);
    }

    @Test
    void shouldFollowABrokerThatIsBehindFromAcknowledgements() {
        // when
        clock.acknowledged(90_000, 100_010);
        clock.acknowledged(90_100, 100_105);

        // then
        assertThat(clock.brokerTime(101_000)).isEqualTo(101_000 - 10_005);
    }

    @Test
    void shouldForgetAnOldBoundWhenTheBrokerIsSetBack() {
        // given
        clock.acknowledged(100_000, 100_000);

        // when
        clock.acknowledged(160_500, 161_000);
        clock.acknowledged(221_500, 222_000);

        // then
        assertThat(clock.brokerTime(222_000)).isEqualTo(221_500);
    }
}
