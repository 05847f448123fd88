package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.NodeEnding.Fate;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.StoredRows;
import io.clew.platform.Part;
import org.junit.jupiter.api.Test;

/**
 * Each node of the language on a real broker, whatever happens in the middle of it: everybody
 * answers, the step after it is refused, it is cancelled, nobody answers, and the coordinator dies.
 */
class EveryNodeIT {
    private static final Fate[] ALL_BUT_SILENCE = {Fate.ANSWERED, Fate.REFUSED, Fate.CANCELLED};

    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldEndEachNodeAsItIsAnsweredRefusedOrCancelled() throws Exception {
        try (NodeSagas sagas = new NodeSagas(clew, false)) {
            sagas.startAndStand(ALL_BUT_SILENCE);

            // when
            sagas.cancel();
            sagas.answer();

            // then
            sagas.shouldEndAsTheyMust();
        }
    }

    @Test
    void shouldTakeBackEachNodeInWhichNobodyAnswers() throws Exception {
        try (NodeSagas sagas = new NodeSagas(clew, true)) {
            sagas.start(Fate.SILENCE);

            // when
            sagas.awaitSilence();
            sagas.answer();

            // then
            sagas.shouldEndAsTheyMust();
        }
    }

    @Test
    void shouldEndEachNodeAsItMustWhenTillAndCoordinatorDieInTheMiddleOfIt() throws Exception {
        Part coordinator = clew.coordinatorApp(0);
        try (NodeSagas sagas = new NodeSagas(clew, false)) {
            sagas.startAndStand(ALL_BUT_SILENCE);

            // when
            sagas.workAndDie();
            coordinator.kill();
            assertThat(coordinator.isAlive()).isFalse();
            coordinator.start();
            sagas.cancel();
            sagas.answer();

            // then
            sagas.shouldEndAsTheyMust();
            assertThat(StoredRows.of(clew).differences()).isEmpty();
        }
    }
}
