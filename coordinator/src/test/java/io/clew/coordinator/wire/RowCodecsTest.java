package io.clew.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.saga.Direction;
import io.clew.saga.Early;
import io.clew.saga.Incident;
import io.clew.saga.Marker;
import io.clew.saga.Pauses;
import io.clew.saga.Phase;
import io.clew.saga.QueuedInput;
import io.clew.saga.RawInput;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInstance;
import io.clew.saga.SagaState;
import io.clew.saga.StepRecord;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowCodecsTest {
    private static final int SEEDS = 2000;

    @Test
    void shouldReadEveryInstanceAsItWasWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            SagaInstance saga = new RandomSagas(seed).instance();
            byte[] row = InstanceCodec.encode(saga);
            SagaInstance read = InstanceCodec.decode(saga.id(), row);
            assertThat(read).as("seed %d", seed).isEqualTo(saga);
            assertThat(InstanceCodec.encode(read)).as("seed %d", seed).isEqualTo(row);
        }
    }

    /** Rows of sagas without a result are those of releases that knew none. */
    @Test
    void shouldWriteNothingNewWhereThereIsNoResult() {
        assertThat(state(new SagaState.Completed(Optional.empty()))).containsExactly(4);
        assertThat(state(new SagaState.Provisional(Optional.empty()))).containsExactly(7);
    }

    private static byte[] state(SagaState state) {
        RowWriter row = new RowWriter();
        StateCodec.write(row, state);
        return row.done();
    }

    @Test
    void shouldReadWhatCameEarlyAsItWasWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomSagas random = new RandomSagas(seed);
            Early early =
                    new Early(
                            SagaId.of("order", "o-" + seed),
                            random.many(random::arrival),
                            random.instant());
            assertThat(EarlyCodec.decode(early.id(), EarlyCodec.encode(early)))
                    .as("seed %d", seed)
                    .isEqualTo(early);
        }
    }

    @Test
    void shouldReadEveryMarkerAsItWasWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomSagas random = new RandomSagas(seed);
            Marker marker =
                    new Marker(
                            SagaId.of("order", "o-" + seed),
                            random.number(),
                            random.definition(),
                            random.phase(),
                            random.number(),
                            random.instant(),
                            random.instant());
            assertThat(MarkerCodec.decode(marker.id(), MarkerCodec.encode(marker)))
                    .as("seed %d", seed)
                    .isEqualTo(marker);
        }
    }

    @Test
    void shouldReadPausesAsTheyWereWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomSagas random = new RandomSagas(seed);
            Pauses pauses = random.pauses();
            assertThat(PausesCodec.decode(PausesCodec.encode(pauses)))
                    .as("seed %d", seed)
                    .isEqualTo(pauses);
        }
    }

    @Test
    void shouldReadEveryKeptInputAsItWasWritten() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomSagas random = new RandomSagas(seed);
            SagaId saga = SagaId.of("order", "ö-" + seed);
            RawInput raw =
                    new RawInput(
                            saga.value(),
                            random.position(),
                            random.instant(),
                            random.optional(random::bytes),
                            random.many(() -> new RawInput.Header(random.text(), random.bytes())));
            QueuedInput input =
                    new QueuedInput(saga, raw, random.text(), random.optional(random::text));
            assertThat(QueuedInputCodec.decode(QueuedInputCodec.encode(input)))
                    .as("seed %d", seed)
                    .isEqualTo(input);
        }
    }

    @Test
    void shouldHaveACodeForEveryWord() {
        assertThat(Codes.PHASES).containsExactlyInAnyOrder(Phase.values());
        assertThat(Codes.STATUSES).containsExactlyInAnyOrder(StepRecord.Status.values());
        assertThat(Codes.INCIDENTS).containsExactlyInAnyOrder(Incident.Code.values());
        assertThat(Codes.REJECTIONS).containsExactlyInAnyOrder(Rejection.values());
        assertThat(Codes.DIRECTIONS).containsExactlyInAnyOrder(Direction.values());
    }

    @Test
    void shouldRefuseWhatWouldNotComeBackTheSame() {
        RowWriter row = new RowWriter();
        assertThatThrownBy(() -> row.instant(Instant.ofEpochSecond(1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MarkerCodec.decode(SagaId.of("a", "b"), new byte[] {9}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 9");
    }
}
