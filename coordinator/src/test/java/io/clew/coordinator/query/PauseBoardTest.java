package io.clew.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.PauseSubject;
import io.clew.saga.Pauses;
import io.clew.saga.Pausing;
import io.clew.saga.Position;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PauseBoardTest {
    private static final PauseSubject PAYMENT = PauseSubject.participant("payment");
    private static final Position PLACE = new Position("inbox", 0, 1);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final MemoryEngine engine = new MemoryEngine(3);
    private final PauseBoard board = new PauseBoard(engine);

    private static Pauses paused(Instant from, Optional<Instant> until) {
        Pausing.Spell spell =
                new Pausing.Spell(from, PLACE, until.map(it -> new Pausing.End(it, PLACE)));
        Pausing pausing = new Pausing(List.of(spell), "ann", "outage", List.of("op-1"));
        return new Pauses(new TreeMap<>(Map.of(PAYMENT, pausing)));
    }

    @Test
    void shouldSayWhatIsPausedSinceWhenAndInHowManyPartitions() {
        // given
        engine.isPaused(0, paused(NOON.plusSeconds(1), Optional.empty()));
        engine.isPaused(1, paused(NOON, Optional.empty()));

        // when
        PauseBoard.PauseList list = board.list();

        // then
        assertThat(list.partitions()).isEqualTo(3);
        assertThat(list.pauses())
                .containsExactly(
                        new PauseBoard.PauseView(
                                "participant", "payment", NOON, "ann", "outage", 2));
    }

    @Test
    void shouldLeaveOutPausesThatAreOverAndPartitionsElsewhere() {
        // given
        engine.isPaused(0, paused(NOON, Optional.of(NOON.plusSeconds(9))));
        engine.isPaused(1, paused(NOON, Optional.empty()));
        engine.isElsewhere(1, URI.create("http://127.0.0.1:1"));

        // when
        PauseBoard.PauseList list = board.list();

        // then
        assertThat(list.partitions()).isEqualTo(2);
        assertThat(list.pauses()).isEmpty();
        assertThat(board.owners()).containsExactly(URI.create("http://127.0.0.1:1"));
    }
}
