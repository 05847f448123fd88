package io.clew.participant;

import static io.clew.participant.CommandBatchHandlerTest.outcomes;
import static io.clew.participant.Shop.charge;
import static io.clew.participant.Shop.refund;
import static io.clew.participant.TestCommand.action;
import static io.clew.participant.TestCommand.compensation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.payment.ChargePayment;
import io.clew.payment.RefundPayment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompensationTest {
    private final Shop shop = new Shop();
    private final CommandBatchHandler worker = shop.worker(Shop.payment().build());

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void shouldUndoAFinishedActionOnce() {
        // when
        var replies =
                handle(
                        worker,
                        action("s-1", charge("o-1")),
                        compensation("s-1", refund("o-1")),
                        compensation("s-1", refund("o-1")).attempt(2));

        // then
        assertThat(replies).containsExactly("succeeded", "succeeded", "succeeded");
        assertThat(shop.till()).containsExactly("charge o-1", "refund o-1");
    }

    @Test
    void shouldTakeBackAnEventOfItsOwnOnce() {
        // given
        var back = compensation("s-1", refund("o-1")).without("ce_sagacompensates");

        // when
        var replies = handle(worker, back, back.attempt(2));

        // then
        assertThat(replies).containsExactly("succeeded", "succeeded");
        assertThat(shop.till()).containsExactly("refund o-1");
        assertThat(shop.books()).containsExactly("compensation DONE succeeded");
    }

    @Test
    void shouldFenceAnActionThatItsCompensationHasOvertaken() {
        // when
        var undone = handle(worker, compensation("s-1", refund("o-1")));
        var late = handle(worker, action("s-1", charge("o-1")));
        var again =
                handle(
                        worker,
                        action("s-1", charge("o-1")).attempt(2),
                        compensation("s-1", refund("o-1")).attempt(2));

        // then
        assertThat(undone).containsExactly("succeeded");
        assertThat(late).containsExactly("failed FENCED");
        assertThat(again).containsExactly("failed FENCED", "succeeded");
        assertThat(shop.till()).isEmpty();
        assertThat(shop.books()).containsExactly("action TOMBSTONE", "compensation DONE succeeded");
    }

    @Test
    void shouldFenceWithinOneBatch() {
        // when
        var replies =
                handle(worker, compensation("s-1", refund("o-1")), action("s-1", charge("o-1")));

        // then
        assertThat(replies).containsExactly("succeeded", "failed FENCED");
        assertThat(shop.till()).isEmpty();
    }

    @Test
    void shouldHaveNothingToUndoWhenTheActionWasRefused() {
        // given
        var refusing =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> Outcome.failed("CARD_DECLINED", "no"))
                                .on(
                                        RefundPayment.class,
                                        (command, context) -> Shop.book(context, "refund"))
                                .build());

        // when
        var replies =
                handle(refusing, action("s-1", charge("o-1")), compensation("s-1", refund("o-1")));

        // then
        assertThat(replies).containsExactly("failed CARD_DECLINED", "succeeded");
        assertThat(shop.till()).isEmpty();
    }

    @Test
    void shouldUndoTheExecutionItNamesAndNoOther() {
        // given
        handle(worker, action("s-1", charge("o-1")));

        // when
        var replies =
                handle(
                        worker,
                        compensation("s-1", refund("o-1")),
                        action("s-1", charge("o-1")).with("ce_sagaexecution", "2"),
                        compensation("s-1", refund("o-1"))
                                .with("ce_sagaexecution", "2")
                                .with("ce_sagacompensates", "2"));

        // then
        assertThat(replies).containsExactly("succeeded", "succeeded", "succeeded");
        assertThat(shop.till())
                .containsExactly("charge o-1", "refund o-1", "charge o-1", "refund o-1");
    }

    @Test
    void shouldKeepRunsOfOneSagaApart() {
        // given
        handle(worker, compensation("s-1", refund("o-1")));

        // when
        var replies = handle(worker, action("s-1", charge("o-1")).with("ce_sagarun", "1999"));

        // then
        assertThat(replies).containsExactly("succeeded");
    }

    @Test
    void shouldFenceAnActionThatHasFailedEarlierInItsBatch() {
        // given
        var broken =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> {
                                            Shop.book(context, "charge");
                                            throw new IllegalStateException("broken");
                                        })
                                .on(
                                        RefundPayment.class,
                                        (command, context) -> Shop.book(context, "refund"))
                                .build());

        // when
        var replies =
                handle(
                        broken,
                        action("s-1", charge("o-1")),
                        compensation("s-1", refund("o-1")),
                        action("s-1", charge("o-1")).attempt(2));

        // then
        assertThat(replies)
                .containsExactly("error IllegalStateException", "succeeded", "failed FENCED");
        assertThat(shop.till()).isEmpty();
        assertThat(shop.books()).containsExactly("action TOMBSTONE", "compensation DONE succeeded");
    }

    @Test
    void shouldTryACompensationAgainAfterAnError() {
        // given
        var refunds = new java.util.concurrent.atomic.AtomicInteger();
        var flaky =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> Shop.book(context, "charge"))
                                .on(
                                        RefundPayment.class,
                                        (command, context) -> {
                                            Shop.book(context, "refund");
                                            if (refunds.incrementAndGet() == 1) {
                                                throw new IllegalStateException("flaky");
                                            }
                                            return Outcome.succeeded();
                                        })
                                .build());

        // when
        var replies =
                handle(
                        flaky,
                        action("s-1", charge("o-1")),
                        compensation("s-1", refund("o-1")),
                        compensation("s-1", refund("o-1")).attempt(2));

        // then
        assertThat(replies)
                .containsExactly("succeeded", "error IllegalStateException", "succeeded");
        assertThat(shop.till()).containsExactly("charge", "refund");
    }

    private List<String> handle(CommandBatchHandler handler, TestCommand... commands) {
        return outcomes(
                handler.handle(
                        Arrays.stream(commands)
                                .map(command -> Shop.received(command.sent(shop.payloads())))
                                .toList()));
    }
}
