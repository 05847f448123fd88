package io.clew.it.faults.check;

import static io.clew.it.faults.check.Made.SAGA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A changelog that does not end with what {@code saga.events} says is found. */
class ChangelogCheckTest {
    private final List<Finding> findings = new ArrayList<>();
    private final ChangelogCheck check = new ChangelogCheck(findings::add);

    @Test
    void shouldFindNothingWhereItEndsWithTheLastRevision() {
        // when
        check.row(row('S', 5, 300));
        check.row(row('T', 5, 9));
        check.row(row('S', 5, 300));
        check.check(storyUpTo(300));

        // then
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldFindAnOlderRevisionAtItsEnd() {
        // when
        check.row(row('S', 5, 4));
        check.row(row('S', 5, 5));
        check.row(row('S', 5, 4));
        check.check(Made.completed());

        // then
        assertThat(findings)
                .containsExactly(
                        wrong("revision 4 stands behind 5 on the changelog"),
                        wrong("the changelog ends with revision 4 but saga.events with 5"));
    }

    @Test
    void shouldFindThatARevisionIsMissing() {
        // when
        check.row(row('S', 5, 4));
        check.check(Made.completed());

        // then
        assertThat(findings)
                .containsExactly(
                        wrong("the changelog ends with revision 4 but saga.events with 5"));
    }

    @Test
    void shouldFindThatASagaIsMissing() {
        // when
        check.check(Made.completed());

        // then
        assertThat(findings)
                .containsExactly(
                        wrong("the changelog ends with revision 0 but saga.events with 5"));
    }

    @Test
    void shouldNotGuessWhatANewerFormatSays() {
        assertThatThrownBy(() -> check.row(row('S', 6, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 5 but got 6");
    }

    private static Finding wrong(String text) {
        return new Finding(Finding.Kind.WRONG, SAGA, text);
    }

    private static SagaStory storyUpTo(long revision) {
        SagaStory story = new SagaStory(SAGA);
        for (long next = 1; next <= revision; next++) {
            story.add(Made.transition(next, "RUNNING"), next);
        }
        return story;
    }

    /** The head of an instance's row, with everything in it that may be there. */
    private static ConsumerRecord<byte[], byte[]> row(char kind, long format, long revision) {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        number(row, format);
        number(row, 1_700_000_000_000L); // run
        text(row, "order-fulfilment");
        number(row, 1); // version
        text(row, "hash");
        number(row, 1); // logic version
        text(row, "trigger");
        number(row, 1); // entries of the index
        text(row, "customerId");
        text(row, "c-1");
        number(row, 1_700_000_900_000L); // deadline
        row.write(0); // no token key
        row.write(1);
        text(row, "trace context");
        row.write(1);
        text(row, "step of its parent");
        row.write(0); // no token key of its parent
        number(row, 0); // compensation
        row.write(0); // the parent has not ended
        number(row, revision);
        byte[] key = (kind + SAGA).getBytes(UTF_8);
        return new ConsumerRecord<>("changelog", 0, 0, key, row.toByteArray());
    }

    private static void text(ByteArrayOutputStream row, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        number(row, bytes.length);
        row.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream row, long value) {
        long left = value;
        while (left > 0x7F) {
            row.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        row.write((int) left);
    }
}
