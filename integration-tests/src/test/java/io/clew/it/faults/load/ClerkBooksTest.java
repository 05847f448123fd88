package io.clew.it.faults.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.load.ClerkBooks.Effect;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The clerk keeps the rules of the wire contract. */
class ClerkBooksTest {
    private static final String SAGA = Errands.sagaId("e-1");

    private final ClerkBooks books = new ClerkBooks();

    @Test
    void shouldDoTheSameOnceHoweverOftenItIsAsked() {
        assertThat(outcome(action(Errands.GOODS, 1), ErrandKind.SLOW)).isEqualTo("succeeded ");
        assertThat(outcome(action(Errands.GOODS, 2), ErrandKind.SLOW)).isEqualTo("succeeded ");
        assertThat(books.of(SAGA)).containsExactly(new Effect(Errands.GOODS, false));
    }

    @Test
    void shouldRefuseWhatItIsToRefuse() {
        assertThat(outcome(action(Errands.LAST, 1), ErrandKind.REFUSED_AT_LAST))
                .isEqualTo("failed CARD_DECLINED");
        assertThat(books.of(SAGA)).isEmpty();
    }

    @Test
    void shouldTakeBackWhatIsDone() {
        outcome(action(Errands.GOODS, 1), ErrandKind.SLOW);
        assertThat(outcome(compensation(Errands.GOODS), ErrandKind.SLOW)).isEqualTo("succeeded ");
        assertThat(books.of(SAGA))
                .containsExactly(new Effect(Errands.GOODS, false), new Effect(Errands.GOODS, true));
    }

    @Test
    void shouldNeverDoWhatWasTakenBackBefore() {
        assertThat(outcome(compensation(Errands.GOODS), ErrandKind.SLOW)).isEqualTo("succeeded ");
        assertThat(outcome(action(Errands.GOODS, 1), ErrandKind.SLOW)).isEqualTo("failed FENCED");
        assertThat(books.of(SAGA)).isEmpty();
    }

    private String outcome(ConsumerRecord<byte[], byte[]> command, ErrandKind kind) {
        var reply = books.answer(command, kind);
        return reply.outcome() + " " + reply.code();
    }

    private static ConsumerRecord<byte[], byte[]> action(String step, int attempt) {
        return command(step, "action", attempt);
    }

    private static ConsumerRecord<byte[], byte[]> compensation(String step) {
        ConsumerRecord<byte[], byte[]> command = command(step, "compensation", 1);
        put(command, "ce_sagacompensates", "1");
        return command;
    }

    private static ConsumerRecord<byte[], byte[]> command(
            String step, String direction, int attempt) {
        ConsumerRecord<byte[], byte[]> command =
                new ConsumerRecord<>(Errands.COMMANDS, 0, 0, SAGA.getBytes(UTF_8), new byte[0]);
        put(command, "ce_id", SAGA + "/1/" + step + "/" + direction + "/1/" + attempt);
        put(command, "ce_sagaid", SAGA);
        put(command, "ce_sagarun", "1");
        put(command, "ce_sagastep", step);
        put(command, "ce_sagadirection", direction);
        return command;
    }

    private static void put(ConsumerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
