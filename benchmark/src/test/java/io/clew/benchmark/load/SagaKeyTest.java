package io.clew.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SagaKeyTest {

    private final SagaKey keys = SagaKey.of("d1-");

    @Test
    void shouldFindTheNumberItHasPutIntoAKey() {
        assertThat(keys.saga(keys.key(40_321))).isEqualTo(40_321);
    }

    @Test
    void shouldPassOverKeysOfOtherWindows() {
        assertThat(keys.saga("d12-5".getBytes(US_ASCII))).isNegative();
        assertThat(keys.saga("d1-".getBytes(US_ASCII))).isNegative();
    }
}
