package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class SeenKeysTest {
    private static final int KEYS = 200_000;

    private final SeenKeys keys = new SeenKeys();

    private static Bytes key(int number) {
        return Bytes.wrap(("Sorder-fulfilment:o-" + number).getBytes(UTF_8));
    }

    @Test
    void shouldKnowEveryKeyAgainAndTakeFewNewOnesForOld() {
        // when
        long taken = IntStream.range(0, KEYS).filter(i -> keys.seen(key(i))).count();

        // then
        assertThat(taken).isLessThan(KEYS / 100);
        assertThat(IntStream.range(0, KEYS)).allMatch(i -> keys.seen(key(i)));
    }
}
