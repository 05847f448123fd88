package io.clew.it.faults.check;

import static io.clew.it.faults.check.Made.RUN;
import static io.clew.it.faults.check.Made.SAGA;
import static io.clew.it.faults.check.Made.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.load.Liar;
import java.util.ArrayList;
import java.util.List;
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
        aborted(command(1, 1, 100, "charge"));
        committed(command(1, 2, 200, "charge"));

        // then
        assertThat(findings).isEmpty();
        assertThat(check.ids()).isEqualTo(1);
        assertThat(check.aborted()).isEqualTo(1);
    }

    @Test
    void shouldFindACommandWithTwoValues() {
        // when
        aborted(command(1, 1, 100, "charge"));
        committed(command(1, 2, 200, "charge more"));

        // then
        assertThat(findings).containsExactly(twoContents());
    }

    @Test
    void shouldFindACommandWithTwoSetsOfHeaders() {
        // when
        aborted(command(1, 1, 100, "charge", "ce_sagadeadline", "one"));
        committed(command(1, 2, 200, "charge", "ce_sagadeadline", "other"));

        // then
        assertThat(findings).containsExactly(twoContents());
    }

    @Test
    void shouldNotMindHeadersThatAreNotPartOfACommand() {
        // when
        aborted(command(1, 1, 100, "charge", "traceparent", "one"));
        committed(command(1, 2, 200, "charge", "traceparent", "other"));

        // then
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldFindWhatWasDecidedAndNeverSent() {
        // given
        SagaStory story = Made.story(Made.transition(1, "RUNNING", Made.decided(STEP)));

        // when
        aborted(command(1, 1, 100, "charge"));
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
        committed(command(1, 1, 100, "charge"));
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
        check.reply(lie(180, "failed"));
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
    void shouldFindAnExecutionThatIsAnsweredWithTwoPayments() {
        // when
        check.reply(Made.reply(1, 150, "succeeded", "payment 1", "/payment-service"));
        check.reply(Made.reply(2, 160, "succeeded", "payment 2", "/payment-service"));

        // then
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.DOUBLED);
    }

    @Test
    void shouldCountWhatRanBeforeItWasSentAgain() {
        // when
        aborted(command(1, 1, 100, "charge"));
        committed(command(1, 2, 200, "charge"));
        check.reply(reply(150, "succeeded"));
        check.reply(reply(250, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).containsExactly(new CommandCheck.Repeat(100, 200));
    }

    @Test
    void shouldNotCountWhatIsAnsweredOnlyOnceItWasSentAgain() {
        // when
        aborted(command(1, 1, 100, "charge"));
        committed(command(1, 2, 200, "charge"));
        check.reply(reply(200, "succeeded"));
        check.reply(reply(250, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldTakeTheFirstRepeatForTheOneWhetherItIsAbortedOrNot() {
        // when
        aborted(command(1, 1, 100, "charge"));
        aborted(command(1, 2, 200, "charge"));
        committed(command(1, 3, 300, "charge"));
        check.reply(reply(250, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldNotCountWhatIsUnderWayOrInTrouble() {
        // when
        aborted(command(1, 1, 100, "charge"));
        committed(command(1, 2, 200, "charge"));
        check.reply(reply(150, "progress"));
        check.reply(reply(160, "error"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldNotCountWhatWasNeverSentAgain() {
        // when
        aborted(command(1, 1, 100, "charge"));
        check.reply(reply(150, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldNotCountWhatWasNotAborted() {
        // when
        committed(command(1, 1, 100, "charge"));
        check.reply(reply(150, "succeeded"));

        // then
        assertThat(check.abortedButExecuted()).isEmpty();
    }

    @Test
    void shouldNotCountWhatOnlyALiarAnswered() {
        // when
        aborted(command(1, 1, 100, "charge"));
        committed(command(1, 2, 200, "charge"));
        check.reply(lie(150, "succeeded"));

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

    private static ConsumerRecord<byte[], byte[]> reply(long at, String outcome) {
        return Made.reply(1, at, outcome, "payment 1", "/payment-service");
    }

    private static ConsumerRecord<byte[], byte[]> lie(long at, String outcome) {
        return Made.reply(1, at, outcome, "payment 1", Liar.SOURCE);
    }

    private static Finding twoContents() {
        return new Finding(
                Finding.Kind.WRONG,
                SAGA,
                "command %s/%d/%s/action/1/1 has two contents, one at payment.commands-0@2"
                        .formatted(SAGA, RUN, STEP));
    }
}
