package io.clew.it.faults.check;

import static io.clew.it.faults.check.Made.SAGA;
import static io.clew.it.faults.check.Made.event;
import static io.clew.it.faults.check.Made.transition;
import static io.clew.it.faults.check.Made.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.schema.SagaTransition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SagaLogTest {
    private final SagaLog log = new SagaLog();

    @Test
    void shouldTellEachStoryFromItsRecords() {
        // when
        long at = 0;
        for (SagaTransition next : Made.completing()) {
            at += 10;
            log.transition(written(next, at));
        }

        // then
        SagaStory story = log.stories().get(SAGA);
        assertThat(story.faults()).isEmpty();
        assertThat(story.phase()).isEqualTo("COMPLETED");
        assertThat(story.times()).containsExactly(10, 20, 30, 40, 50);
        assertThat(log.transitions()).isEqualTo(5);
    }

    @Test
    void shouldTakeSagasForOpenUntilTheyEndOrHaveAnIncident() {
        log.transition(written(transition(1, "RUNNING"), 10));
        assertThat(log.open()).isEqualTo(1);

        log.transition(written(transition(2, "HELD", event("IncidentRaised")), 20));
        assertThat(log.open()).isZero();

        log.transition(written(transition(3, "RUNNING", event("IncidentResolved")), 30));
        assertThat(log.open()).isEqualTo(1);

        log.transition(written(transition(4, "COMPLETED"), 40));
        assertThat(log.open()).isZero();
    }

    @Test
    void shouldTellHowLongARecordOfTheInboxWaited() {
        // given
        List<SagaLog.Handled> handled = new ArrayList<>();

        // when
        log.arrival(Made.arrival(1, 100));
        log.arrival(Made.arrival(2, 110));
        log.transition(written(transition(1, "RUNNING"), 350));
        log.eachHandled(handled::add);

        // then
        SagaLog.Cause cause = new SagaLog.Cause(SAGA, "reply", "RUNNING", 0, 1);
        assertThat(handled).containsExactly(new SagaLog.Handled(cause, 100, 350));
        assertThat(handled.get(0).waited()).isEqualTo(250);
    }
}
