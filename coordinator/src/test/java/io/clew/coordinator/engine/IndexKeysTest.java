package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.SagaId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class IndexKeysTest {

    private static final String DEFINITION = "order-fulfilment";
    private static final long STARTED = 1_700_000_000_123L;

    /** Bytes that end a part or escape one, beside plain ones. */
    private static final List<String> LETTERS = List.of("\0", "\1", "\2", "\3", "a");

    @Test
    void shouldKeepTheRowsOfAnAttributeApartFromThoseOfEveryOther() {
        // given
        TreeMap<Bytes, String> prefixes = new TreeMap<>();
        for (String name : shortTexts()) {
            for (String value : shortTexts()) {
                byte[] prefix = IndexKeys.byAttribute(DEFINITION, name, value);
                prefixes.put(Bytes.wrap(prefix), name + "|" + value);
            }
        }

        // when
        List<String> mixed = new ArrayList<>();
        prefixes.forEach(
                (prefix, what) -> {
                    // All that begins with it would come next.
                    Bytes next = prefixes.higherKey(prefix);
                    if (next != null && beginsWith(next, prefix)) {
                        mixed.add(what + " holds " + prefixes.get(next));
                    }
                });

        // then
        assertThat(prefixes).hasSize(shortTexts().size() * shortTexts().size());
        assertThat(mixed).isEmpty();
    }

    @Test
    void shouldFindTheSagaAndItsStartWhateverStandsBeforeThem() {
        // given
        SagaId saga = new SagaId(DEFINITION + ":o-1");

        for (String value : shortTexts()) {
            // when
            byte[] prefix = IndexKeys.byAttribute(DEFINITION, "customer", value);
            Bytes row = row(prefix, saga);

            // then
            assertThat(IndexKeys.saga(row)).isEqualTo(saga);
            assertThat(IndexKeys.saga(prefix, row)).isEqualTo(saga);
            assertThat(IndexKeys.startedAt(prefix, row)).isEqualTo(STARTED);
        }
    }

    private static List<String> shortTexts() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (String one : LETTERS) {
            texts.add(one);
            LETTERS.forEach(other -> texts.add(one + other));
        }
        return texts;
    }

    private static Bytes row(byte[] prefix, SagaId saga) {
        byte[] id = saga.value().getBytes(UTF_8);
        Bytes from = IndexKeys.from(prefix, STARTED);
        return Bytes.wrap(
                ByteBuffer.allocate(from.get().length + id.length).put(from.get()).put(id).array());
    }

    private static boolean beginsWith(Bytes key, Bytes prefix) {
        byte[] bytes = key.get();
        int length = prefix.get().length;
        return bytes.length >= length
                && ByteBuffer.wrap(bytes, 0, length).equals(ByteBuffer.wrap(prefix.get()));
    }
}
