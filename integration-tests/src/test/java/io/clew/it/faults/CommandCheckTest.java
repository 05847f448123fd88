package io.clew.it.faults;

import static io.clew.it.faults.Made.RUN;
import static io.clew.it.faults.Made.SAGA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that are not there, or not the same, are found; those that ran in vain are counted. */
class CommandCheckTest {
    private static final String STEP = "chargePayment";

    private final List<Finding> findings = new ArrayList<>();
    private CommandCheck check;

    @BeforeEach
    void begin() {
        check = new CommandCheck(findings::add);
    }

    @Test
    void shouldFindNothingWhereEachCommandIsTheSame() {
        // when
        aborted(command(1, 100, "charge"));
        committed(command(2, 200, "charge"));

        // then
        assertThat(findings).isEmpty();
        assertThat(check.ids()).isEqualTo(1);
        assertThat(check.aborted()).isEqualTo(1);
    }

    @Test
    void shouldFindACommandWithTwoValues() {
        // when
        aborted(command(1, 100, "charge"));
        committed(command(2, 200, "charge more"));

        // then
        assertThat(findings).containsExactly(twoContents());
    }

    @Test
    void shouldFindACommandWithTwoSetsOfHeaders() {
        // given
        Map<String, String> later = headers();
        later.put("ce_sagadeadline", "31");

        // when
        aborted(command(1, 100, "charge"));
        committed(Made.record("payment.commands", 2, 200, bytes("charge"), later));

        // then
        assertThat(findings).containsExactly(twoContents());
    }

    @Test
    void shouldNotMindHeadersThatAreNotPartOfACommand() {
        // given
        Map<String, String> later = headers();
        later.put("traceparent", "other");

        // when
        aborted(command(1, 100, "charge"));
        committed(Made.record("payment.commands", 2, 200, bytes("charge"), later));

        // then
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldFindWhatWasDecidedAndNeverSent() {
        // given
        SagaStory story = Made.story(Made.transition(1, "RUNNING", Made.decided(STEP)));

        // when
        aborted(command(1, 100, "charge"));
        check.check(story);

        // then
        assertThat(findings)
                .containsExactly(
                        new Finding(Finding.Kind.WRONG, SAGA, STEP + "/action/1 was never sent"));
    }

    @Test
    void shouldFindNothingWhereWhatWasDecidedIsSent() {
        // given
        SagaStory story = Made.story(Made.transition(1, "RUNNING", Made.decided(STEP)));

        // when
        committed(command(1, 100, "charge"));
        check.check(story);

        // then
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldFindAnExecutionThatIsAnsweredInTwoWays() {
        // when
        check.reply(reply(150, "error"));
        check.reply(reply(160, "succeeded"));
        check.reply(reply(170, "succeeded"));
        check.reply(reply(180, Liar.SOURCE, "failed"));
        check.reply(reply(190, "failed"));

        // then
        assertThat(findings)
                .containsExactly(
                        new Finding(
                                Finding.Kind.DOUBLED,
                                SAGA,
                                "%s/%d/%s/action/1 is answered in two ways, once at %s"
                                        .formatted(SAGA, RUN, STEP, "saga.inbox-0@190")));
    }

    @Test
    void shouldCountWhatRanBeforeItWasSentAgain() {
        // when
        aborted(command(1, 100, "charge"));
        committed(command(2, 200, "charge"));
        check.reply(reply(150, "succeeded"));
        check.reply(reply(250, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).containsExactly(new CommandCheck.Repeat(100, 200));
    }

    @Test
    void shouldNotCountWhatIsAnsweredOnlyOnceItWasSentAgain() {
        // when
        aborted(command(1, 100, "charge"));
        committed(command(2, 200, "charge"));
        check.reply(reply(200, "succeeded"));
        check.reply(reply(250, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldTakeTheFirstRepeatForTheOneWhetherItIsAbortedOrNot() {
        // when
        aborted(command(1, 100, "charge"));
        aborted(command(2, 200, "charge"));
        committed(command(3, 300, "charge"));
        check.reply(reply(250, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldNotCountWhatIsUnderWayOrInTrouble() {
        // when
        aborted(command(1, 100, "charge"));
        committed(command(2, 200, "charge"));
        check.reply(reply(150, "progress"));
        check.reply(reply(160, "error"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldNotCountWhatWasNeverSentAgain() {
        // when
        aborted(command(1, 100, "charge"));
        check.reply(reply(150, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldNotCountWhatWasNotAborted() {
        // when
        committed(command(1, 100, "charge"));
        check.reply(reply(150, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldNotCountWhatOnlyALiarAnswered() {
        // when
        aborted(command(1, 100, "charge"));
        committed(command(2, 200, "charge"));
        check.reply(reply(150, Liar.SOURCE, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    private void committed(ConsumerRecord<byte[], byte[]> record) {
        check.committed(record);
        check.any(record);
    }

    private void aborted(ConsumerRecord<byte[], byte[]> record) {
        check.any(record);
    }

    private static ConsumerRecord<byte[], byte[]> command(long offset, long at, String value) {
        return Made.record("payment.commands", offset, at, bytes(value), headers());
    }

    private static Map<String, String> headers() {
        return new HashMap<>(
                Map.of(
                        "ce_id",
                        SAGA + "/" + RUN + "/" + STEP + "/action/1/1",
                        "ce_sagaid",
                        SAGA,
                        "ce_sagadeadline",
                        "30",
                        "traceparent",
                        "one"));
    }

    private static ConsumerRecord<byte[], byte[]> reply(long at, String outcome) {
        return reply(at, "/payment-service", outcome);
    }

    private static ConsumerRecord<byte[], byte[]> reply(long at, String source, String outcome) {
        Map<String, String> headers =
                Map.of(
                        "ce_sagakind",
                        "reply",
                        "ce_source",
                        source,
                        "ce_sagaoutcome",
                        outcome,
                        "ce_sagaid",
                        SAGA,
                        "ce_sagarun",
                        Long.toString(RUN),
                        "ce_sagastep",
                        STEP,
                        "ce_sagadirection",
                        "action",
                        "ce_sagaexecution",
                        "1",
                        "ce_sagaattempt",
                        "1");
        return Made.record("saga.inbox", at, at, bytes(""), headers);
    }

    private static Finding twoContents() {
        return new Finding(
                Finding.Kind.WRONG,
                SAGA,
                "command %s/%d/%s/action/1/1 has two contents, one at payment.commands-0@2"
                        .formatted(SAGA, RUN, STEP));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
