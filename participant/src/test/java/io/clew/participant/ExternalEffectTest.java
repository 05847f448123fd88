package io.clew.participant;

import static io.clew.participant.CommandBatchHandlerTest.outcomes;
import static io.clew.participant.Shop.charge;
import static io.clew.participant.Shop.refund;
import static io.clew.participant.TestCommand.action;
import static io.clew.participant.TestCommand.compensation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.participant.ExternalEffect.Settlement;
import io.clew.payment.ChargePayment;
import io.clew.payment.RefundPayment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExternalEffectTest {
    private final Shop shop = new Shop();
    private final Provider provider = new Provider();
    private final CommandBatchHandler worker =
            shop.worker(
                    Participant.named("payment")
                            .on(ChargePayment.class, provider)
                            .on(
                                    RefundPayment.class,
                                    (command, context) -> Shop.book(context, "refund"))
                            .build());

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void shouldCallTheProviderOnceAndStoreTheOutcome() {
        // when
        var first = handle(action("s-1", charge("o-1")));
        var repeat = handle(action("s-1", charge("o-1")).attempt(2));

        // then
        assertThat(first).containsExactly("succeeded");
        assertThat(repeat).containsExactly("succeeded");
        assertThat(provider.calls).containsExactly(Map.entry(key("s-1"), 1));
        assertThat(shop.books()).containsExactly("action DONE succeeded");
    }

    @Test
    void shouldCallAgainUnderTheSameKeyWhenTheOutcomeIsNotKnown() {
        // given
        provider.breaksAfterCharging.add(key("s-1"));

        // when
        var first = handle(action("s-1", charge("o-1")));
        var books = shop.books();
        provider.breaksAfterCharging.clear();
        var second = handle(action("s-1", charge("o-1")).attempt(2));

        // then
        assertThat(first).containsExactly("error IllegalStateException");
        assertThat(books).containsExactly("action IN_PROGRESS");
        assertThat(second).containsExactly("succeeded");
        assertThat(provider.charged).containsExactly(key("s-1"));
        assertThat(provider.calls).containsExactly(Map.entry(key("s-1"), 2));
    }

    @Test
    void shouldSettleAnInterruptedCallBeforeUndoingIt() {
        // given
        provider.breaksAfterCharging.add(key("s-1"));
        handle(action("s-1", charge("o-1")));

        // when
        var undone = handle(compensation("s-1", refund("o-1")));

        // then
        assertThat(undone).containsExactly("succeeded");
        assertThat(shop.till()).containsExactly("refund");
        assertThat(shop.books())
                .containsExactly("action DONE succeeded", "compensation DONE succeeded");
    }

    @Test
    void shouldFenceACallThatNeverHappened() {
        // given
        provider.breaksBeforeCharging.add(key("s-1"));
        handle(action("s-1", charge("o-1")));

        // when
        var undone = handle(compensation("s-1", refund("o-1")));
        var late = handle(action("s-1", charge("o-1")).attempt(2));

        // then
        assertThat(undone).containsExactly("succeeded");
        assertThat(late).containsExactly("failed FENCED");
        assertThat(provider.charged).isEmpty();
        assertThat(shop.till()).isEmpty();
    }

    @Test
    void shouldAnswerErrorWhileNobodyKnowsHowACallEnded() {
        // given
        provider.breaksAfterCharging.add(key("s-1"));
        handle(action("s-1", charge("o-1")));
        provider.silent = true;

        // when
        var whileSilent = handle(compensation("s-1", refund("o-1")));
        var books = shop.books();
        provider.silent = false;
        var afterwards = handle(compensation("s-1", refund("o-1")).attempt(2));

        // then
        assertThat(whileSilent).containsExactly("error IN_PROGRESS");
        assertThat(books).containsExactly("action IN_PROGRESS");
        assertThat(afterwards).containsExactly("succeeded");
        assertThat(shop.till()).containsExactly("refund");
    }

    @Test
    void shouldFenceAWorkerThatWasPausedBeforeItsCall() throws Exception {
        // given
        provider.pausesBeforeCharging = true;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var paused = threads.submit(() -> handle(action("s-1", charge("o-1"))));
            assertThat(provider.called.await(30, TimeUnit.SECONDS)).isTrue();

            // when
            var undone = handle(compensation("s-1", refund("o-1")));
            provider.goOn.countDown();

            // then
            assertThat(undone).containsExactly("succeeded");
            assertThat(paused.get(20, TimeUnit.SECONDS)).containsExactly("failed FENCED");
            assertThat(provider.charged).isEmpty();
            assertThat(shop.till()).isEmpty();
        }
    }

    @Test
    void shouldAnswerErrorToTheOneWhoseOutcomeTheDatabaseRefuses() {
        // given
        provider.mumblesAbout.add(key("s-2"));

        // when
        var replies =
                handle(
                        action("s-1", charge("o-1")),
                        action("s-2", charge("o-2")),
                        action("s-3", charge("o-3")));

        // then
        assertThat(replies).containsExactly("succeeded", "error BatchUpdateException", "succeeded");
        assertThat(shop.books())
                .containsExactly(
                        "action DONE succeeded", "action IN_PROGRESS", "action DONE succeeded");
    }

    @Test
    void shouldKeepTheOrderOfASagaWithinABatch() {
        // when
        var replies =
                handle(
                        action("s-1", charge("o-1")),
                        action("s-2", charge("o-2")),
                        compensation("s-1", refund("o-1")));

        // then
        assertThat(replies).containsExactly("succeeded", "succeeded", "succeeded");
        assertThat(provider.charged).containsExactlyInAnyOrder(key("s-1"), key("s-2"));
        assertThat(shop.till()).containsExactly("refund");
    }

    private List<String> handle(TestCommand... commands) {
        return outcomes(
                worker.handle(
                        Arrays.stream(commands)
                                .map(command -> Shop.received(command.sent(shop.payloads())))
                                .toList()));
    }

    private static String key(String sagaId) {
        return sagaId + "/1772366399000/chargePayment/action/1";
    }

    /**
     * A card provider that keeps its side: one charge per key, none after it was asked to forget.
     */
    private static final class Provider implements ExternalEffect<ChargePayment> {
        private final Map<String, Integer> calls = new ConcurrentHashMap<>();
        private final Set<String> charged = ConcurrentHashMap.newKeySet();
        private final Set<String> voided = ConcurrentHashMap.newKeySet();
        private final Set<String> breaksAfterCharging = ConcurrentHashMap.newKeySet();
        private final Set<String> breaksBeforeCharging = ConcurrentHashMap.newKeySet();
        private final Set<String> mumblesAbout = ConcurrentHashMap.newKeySet();
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile boolean pausesBeforeCharging;
        private volatile boolean silent;

        @Override
        public Outcome call(ChargePayment command, Call call) throws InterruptedException {
            var key = call.identity().idempotencyKey();
            calls.merge(key, 1, Integer::sum);
            call.progress().run();
            called.countDown();
            if (breaksBeforeCharging.contains(key)) {
                throw new IllegalStateException("no connection");
            }
            if (pausesBeforeCharging) {
                goOn.await(30, TimeUnit.SECONDS);
            }
            if (mumblesAbout.contains(key)) {
                return Outcome.failed("NO_TEXT", "\0");
            }
            if (voided.contains(key)) {
                return Outcome.failed("VOIDED", "was given up");
            }
            charged.add(key);
            if (breaksAfterCharging.contains(key)) {
                throw new IllegalStateException("connection lost");
            }
            return Outcome.succeeded();
        }

        @Override
        public Settlement settle(CommandIdentity identity) {
            if (silent) {
                return new Settlement.Unknown();
            }
            if (charged.contains(identity.idempotencyKey())) {
                return new Settlement.Happened(Outcome.succeeded());
            }
            voided.add(identity.idempotencyKey());
            return new Settlement.NeverHappened();
        }
    }
}
