package io.clew.coordinator.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorTest {

    /** What HTTP servers and proxies take of an address without being told. */
    private static final int ADDRESS = 4096;

    @Test
    void shouldFitAnAddressWithManyPartitions() {
        // given
        Random random = new Random(7);
        Map<Integer, String> after = new TreeMap<>();
        for (int partition = 0; partition < 32; partition++) {
            String key =
                    "Ip\0COMPLETED\0order-fulfilment\0"
                            + random.nextInt()
                            + "order-fulfilment:"
                            + new UUID(random.nextLong(), random.nextLong());
            after.put(partition, "00" + HexFormat.of().formatHex(key.getBytes(UTF_8)));
        }
        Cursor cursor = new Cursor("phase", after);

        // when
        String text = cursor.text();

        // then
        assertThat(text.length()).isLessThan(ADDRESS * 3 / 4);
        assertThat(Cursor.of("phase", text)).isEqualTo(cursor);
    }
}
