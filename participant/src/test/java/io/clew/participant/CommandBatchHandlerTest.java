package io.clew.participant;

import static io.clew.participant.Shop.charge;
import static io.clew.participant.Shop.header;
import static io.clew.participant.TestCommand.action;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.payment.ChargePayment;
import io.clew.payment.Currency;
import io.clew.payment.PaymentCharged;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandBatchHandlerTest {
    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void shouldHaveOneEffectAndOneReplyWhenACommandComesThreeTimes() {
        // given
        var worker = shop.worker(chargingWithResult());

        // when
        var first = handle(worker, action("s-1", charge("o-1")), action("s-1", charge("o-1")));
        var later = handle(worker, action("s-1", charge("o-1")).attempt(2));

        // then
        assertThat(shop.till()).containsExactly("charge o-1");
        assertThat(first).hasSize(2);
        assertThat(later).hasSize(1);
        assertThat(first.get(1).value()).isEqualTo(first.get(0).value());
        assertThat(later.get(0).value()).isEqualTo(first.get(0).value());
        assertThat(header(first.get(1), "ce_sagaattempt")).isEqualTo("1");
        assertThat(header(later.get(0), "ce_sagaattempt")).isEqualTo("2");
        assertThat(header(later.get(0), "ce_sagaoutcome")).isEqualTo("succeeded");
    }

    @Test
    void shouldReplyUnderTheHeadersOfTheCommand() {
        // when
        var reply =
                handle(
                                shop.worker(chargingWithResult()),
                                action("s-1", charge("o-1"))
                                        .with("ce_sagatoken", "k1.abc")
                                        .with("ce_sagaunheardof", "kept")
                                        .with("traceparent", "00-1-2-01")
                                        .with("other", "dropped"))
                        .get(0);

        // then
        assertThat(reply.topic()).isEqualTo("saga.inbox");
        assertThat(reply.partition()).isEqualTo(3);
        assertThat(new String(reply.key(), UTF_8)).isEqualTo("s-1");
        assertThat(header(reply, "ce_sagakind")).isEqualTo("reply");
        assertThat(header(reply, "ce_sagatoken")).isEqualTo("k1.abc");
        assertThat(header(reply, "ce_sagaunheardof")).isEqualTo("kept");
        assertThat(header(reply, "traceparent")).isEqualTo("00-1-2-01");
        assertThat(header(reply, "other")).isNull();
        assertThat(header(reply, "ce_type")).isEqualTo("io.clew.payment.PaymentCharged");
        assertThat(header(reply, "ce_source")).isEqualTo("/clew/participants/payment");
        assertThat(header(reply, "ce_time")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(shop.payloads().decode("saga.inbox", reply.value()))
                .isInstanceOf(PaymentCharged.class);
    }

    @Test
    void shouldKeepARefusalAndNothingOfWhatTheHandlerDid() {
        // given
        var worker =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> {
                                            Shop.book(context, "charged too early");
                                            return Outcome.failed("CARD_DECLINED", "no");
                                        })
                                .build());

        // when
        var replies = handle(worker, action("s-1", charge("o-1")));
        var repeat = handle(worker, action("s-1", charge("o-1")).attempt(2));

        // then
        assertThat(shop.till()).isEmpty();
        assertThat(shop.books()).containsExactly("action DONE failed");
        assertThat(outcomes(replies)).containsExactly("failed CARD_DECLINED");
        assertThat(outcomes(repeat)).containsExactly("failed CARD_DECLINED");
    }

    @Test
    void shouldUndoOnlyThePoisonousCommandOfABatch() {
        // given
        var worker = shop.worker(poisonedBy("o-2"));

        // when
        var replies =
                handle(
                        worker,
                        action("s-1", charge("o-1")),
                        action("s-2", charge("o-2")),
                        action("s-3", charge("o-3")));

        // then
        assertThat(shop.till()).containsExactly("charge o-1", "charge o-3");
        assertThat(outcomes(replies))
                .containsExactlyInAnyOrder("succeeded", "error IllegalStateException", "succeeded");
    }

    @Test
    void shouldTryAgainAfterAnErrorBecauseErrorsAreNotStored() {
        // given
        var broken = new AtomicBoolean(true);
        var worker =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> {
                                            Shop.book(context, "charge");
                                            if (broken.getAndSet(false)) {
                                                throw new IllegalStateException("flaky");
                                            }
                                            return Outcome.succeeded();
                                        })
                                .build());

        // when
        var first = handle(worker, action("s-1", charge("o-1")));
        var second = handle(worker, action("s-1", charge("o-1")).attempt(2));

        // then
        assertThat(outcomes(first)).containsExactly("error IllegalStateException");
        assertThat(header(first.get(0), "ce_sagareason")).isEqualTo("flaky");
        assertThat(outcomes(second)).containsExactly("succeeded");
        assertThat(shop.till()).containsExactly("charge");
    }

    @Test
    void shouldUndoACommandWhoseStatementFailed() {
        // given
        var worker =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) ->
                                                Shop.book(
                                                        context,
                                                        command.getOrderId().equals("o-1")
                                                                ? null
                                                                : "charge"))
                                .build());

        // when
        var replies = handle(worker, action("s-1", charge("o-1")), action("s-2", charge("o-2")));

        // then
        assertThat(outcomes(replies)).containsExactly("error PSQLException", "succeeded");
        assertThat(shop.till()).containsExactly("charge");
    }

    @Test
    void shouldNotBelieveAHandlerThatHidesAFailedStatement() {
        // given
        var worker =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> {
                                            try {
                                                return Shop.book(
                                                        context,
                                                        command.getOrderId().equals("o-2")
                                                                ? null
                                                                : "charge");
                                            } catch (SQLException e) {
                                                return Outcome.succeeded();
                                            }
                                        })
                                .build());

        // when
        var replies =
                handle(
                        worker,
                        action("s-1", charge("o-1")),
                        action("s-2", charge("o-2")),
                        action("s-3", charge("o-3")));

        // then
        assertThat(outcomes(replies))
                .containsExactly("succeeded", "error PSQLException", "succeeded");
        assertThat(shop.till()).containsExactly("charge", "charge");
        assertThat(shop.books()).hasSize(2);
    }

    @Test
    void shouldAnswerErrorWhenTheDeadlineHasPassedUnlessTheOutcomeIsStored() {
        // given
        var worker = shop.worker(Shop.payment().build());
        var deadline = "2026-03-01T12:00:30Z";
        handle(worker, action("s-1", charge("o-1")).with("ce_sagadeadline", deadline));

        // when
        shop.now.set(Shop.NOW.plusSeconds(31));
        var stored = handle(worker, action("s-1", charge("o-1")).with("ce_sagadeadline", deadline));
        var late = handle(worker, action("s-2", charge("o-2")).with("ce_sagadeadline", deadline));

        // then
        assertThat(outcomes(stored)).containsExactly("succeeded");
        assertThat(outcomes(late)).containsExactly("error DEADLINE_PASSED");
        assertThat(shop.till()).containsExactly("charge o-1");
        assertThat(shop.books()).hasSize(1);
    }

    @Test
    void shouldSayWhyACommandCannotBeRead() {
        // given
        var worker = shop.worker(Shop.payment().build());
        var payloads = shop.payloads();
        var foreign = new PaymentCharged("p", "o", new BigDecimal("1.00"), Currency.EUR, Shop.NOW);

        // when
        var replies =
                worker.handle(
                        List.of(
                                Shop.received(action("s-1", charge("o")).sent(new byte[] {1, 2})),
                                Shop.received(action("s-2", charge("o")).sent((byte[]) null)),
                                Shop.received(action("s-3", foreign).sent(payloads)),
                                Shop.received(
                                        action("s-4", charge("o"))
                                                .without("ce_sagastep")
                                                .sent(payloads)),
                                Shop.received(
                                        action("s-5", charge("o"))
                                                .with("ce_sagarun", "yesterday")
                                                .sent(payloads)),
                                Shop.received(action("s-6", charge("o-6")).sent(payloads))));

        // then
        assertThat(outcomes(replies))
                .containsExactly(
                        "error UNREADABLE_COMMAND",
                        "error UNREADABLE_COMMAND",
                        "error UNREADABLE_COMMAND",
                        "error UNREADABLE_COMMAND",
                        "error UNREADABLE_COMMAND",
                        "succeeded");
        assertThat(header(replies.get(2), "ce_sagareason")).contains("PaymentCharged");
        assertThat(header(replies.get(3), "ce_sagareason")).contains("ce_sagastep");
        assertThat(shop.till()).containsExactly("charge o-6");
    }

    @Test
    void shouldKeepWhatCannotEvenBeAnswered() {
        // when
        var letters =
                handle(
                        shop.worker(Shop.payment().build()),
                        action("s-1", charge("o-1")).without("ce_sagareplytopic"));

        // then
        assertThat(letters).hasSize(1);
        var letter = letters.get(0);
        assertThat(letter.topic()).isEqualTo("saga.dead-letters");
        assertThat(header(letter, "clew_dlt_cause")).isEqualTo("UNREADABLE_COMMAND");
        assertThat(header(letter, "clew_dlt_reason")).contains("reply topic");
        assertThat(header(letter, "clew_dlt_topic")).isEqualTo("payment.commands");
        assertThat(header(letter, "clew_dlt_partition")).isEqualTo("0");
        assertThat(header(letter, "clew_dlt_offset")).isEqualTo("0");
        assertThat(header(letter, "ce_sagaid")).isEqualTo("s-1");
        assertThat(letter.value()).isNotEmpty();
    }

    @Test
    void shouldNotLetAHandlerEndTheTransaction() {
        // given
        var worker =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> {
                                            Shop.book(context, "charge");
                                            context.connection().commit();
                                            return Outcome.succeeded();
                                        })
                                .build());

        // when
        var replies = handle(worker, action("s-1", charge("o-1")));

        // then
        assertThat(outcomes(replies)).containsExactly("error UnsupportedOperationException");
        assertThat(shop.till()).isEmpty();
    }

    @Test
    void shouldUndoACommandWhoseResultIsTooLarge() {
        // given
        var worker =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> {
                                            Shop.book(context, "charge");
                                            return Outcome.succeeded(
                                                    new PaymentCharged(
                                                            "x".repeat(1_000_000),
                                                            command.getOrderId(),
                                                            command.getAmount(),
                                                            Currency.EUR,
                                                            context.now()));
                                        })
                                .build());

        // when
        var replies = handle(worker, action("s-1", charge("o-1")));

        // then
        assertThat(outcomes(replies)).containsExactly("error RESULT_TOO_LARGE");
        assertThat(shop.till()).isEmpty();
    }

    private List<ProducerRecord<byte[], byte[]>> handle(
            CommandBatchHandler worker, TestCommand... commands) {
        return worker.handle(
                Arrays.stream(commands)
                        .map(command -> Shop.received(command.sent(shop.payloads())))
                        .toList());
    }

    static List<String> outcomes(List<ProducerRecord<byte[], byte[]>> replies) {
        return replies.stream()
                .map(
                        reply -> {
                            var code = header(reply, "ce_sagacode");
                            return header(reply, "ce_sagaoutcome")
                                    + (code == null ? "" : " " + code);
                        })
                .toList();
    }

    private static Participant chargingWithResult() {
        return Participant.named("payment")
                .on(
                        ChargePayment.class,
                        (command, context) -> {
                            Shop.book(context, "charge " + command.getOrderId());
                            return Outcome.succeeded(
                                    new PaymentCharged(
                                            UUID.randomUUID().toString(),
                                            command.getOrderId(),
                                            command.getAmount(),
                                            Currency.EUR,
                                            context.now()));
                        })
                .returns(PaymentCharged.class)
                .build();
    }

    private static Participant poisonedBy(String orderId) {
        return Participant.named("payment")
                .on(
                        ChargePayment.class,
                        (command, context) -> {
                            Shop.book(context, "charge " + command.getOrderId());
                            if (command.getOrderId().equals(orderId)) {
                                throw new IllegalStateException("poison");
                            }
                            return Outcome.succeeded();
                        })
                .build();
    }
}
