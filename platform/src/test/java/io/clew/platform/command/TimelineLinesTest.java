package io.clew.platform.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TimelineLinesTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void shouldTellWhatHappenedAndLeaveHousekeepingOut() throws Exception {
        // given
        var entry =
                json.readTree(
                        """
                        {"time": "2026-01-02T03:04:05.678Z", "events": [
                          {"type": "StepRefused", "step": "chargePayment", "code": "CARD_DECLINED",
                           "payload": "bytes"},
                          {"type": "CommandSent", "attempt": 1},
                          {"type": "CommandSent", "attempt": 2},
                          {"type": "TimerArmed"}]}
                        """);

        // when
        var lines = TimelineLines.of(entry);

        // then
        assertThat(lines)
                .containsExactly(
                        "   03:04:05.678 StepRefused            chargePayment   "
                                + " code=CARD_DECLINED",
                        "   03:04:05.678 CommandSent                             attempt=2");
    }

    @Test
    void shouldTellWhyAnInputWasRejected() throws Exception {
        // given
        var entry = json.readTree("{\"time\": \"soon\", \"rejection\": \"SAGA_ENDED\"}");

        // then
        assertThat(TimelineLines.of(entry)).containsExactly("   soon         rejected: SAGA_ENDED");
    }
}
