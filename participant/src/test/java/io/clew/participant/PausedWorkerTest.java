package io.clew.participant;

import static io.clew.participant.CommandBatchHandlerTest.outcomes;
import static io.clew.participant.Shop.charge;
import static io.clew.participant.Shop.refund;
import static io.clew.participant.TestCommand.action;
import static io.clew.participant.TestCommand.compensation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.payment.ChargePayment;
import io.clew.payment.RefundPayment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Worker A stands still inside its transaction while worker B gets the compensation. */
@Timeout(60)
class PausedWorkerTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Shop shop = new Shop();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch charged = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Participant pausing =
            Participant.named("payment")
                    .on(
                            ChargePayment.class,
                            (command, context) -> {
                                Shop.book(context, "charge");
                                charged.countDown();
                                goOn.await(50, TimeUnit.SECONDS);
                                return Outcome.succeeded();
                            })
                    .on(RefundPayment.class, (command, context) -> Shop.book(context, "refund"))
                    .build();

    @AfterEach
    void close() {
        goOn.countDown();
        threads.close();
        shop.close();
    }

    @Test
    void shouldMakeTheCompensationWaitAndThenUndo() throws Exception {
        // given
        var workerB = worker(Duration.ofMillis(300), LONG);
        var actionOfA = startPausedAction(worker(LONG, LONG));

        // when
        var whilePaused = compensate(workerB, 1);
        goOn.countDown();
        var afterwards = actionOfA.get(20, TimeUnit.SECONDS);
        var repeated = compensate(workerB, 2);

        // then
        assertThat(whilePaused).containsExactly("error LOCKED");
        assertThat(afterwards).containsExactly("succeeded");
        assertThat(repeated).containsExactly("succeeded");
        assertThat(shop.till()).containsExactly("charge", "refund");
    }

    @Test
    void shouldNeverChargeAfterTheUndoWhenTheDatabaseEndedThePausedTransaction() throws Exception {
        // given
        var workerA = worker(LONG, Duration.ofMillis(500));
        var workerB = worker(LONG, LONG);
        var actionOfA = startPausedAction(workerA);

        // when
        var undone = compensate(workerB, 1);
        goOn.countDown();

        // then
        assertThat(undone).containsExactly("succeeded");
        assertThatThrownBy(() -> actionOfA.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(UnavailableException.class);
        assertThat(outcomes(workerA.handle(List.of(received(action("s-1", charge("o-1")))))))
                .containsExactly("failed FENCED");
        assertThat(shop.till()).isEmpty();
    }

    @Test
    void shouldNotChargeTwiceWhenBothWorkersHaveTheAction() throws Exception {
        // given
        var workerB = worker(LONG, LONG);
        var actionOfA = startPausedAction(worker(LONG, LONG));
        var actionOfB =
                CompletableFuture.supplyAsync(
                        () ->
                                outcomes(
                                        workerB.handle(
                                                List.of(received(action("s-1", charge("o-1")))))),
                        threads);

        // when
        goOn.countDown();

        // then
        assertThat(actionOfA.get(20, TimeUnit.SECONDS)).containsExactly("succeeded");
        assertThat(actionOfB.get(20, TimeUnit.SECONDS)).containsExactly("succeeded");
        assertThat(shop.till()).containsExactly("charge");
    }

    private CommandBatchHandler worker(Duration lockTimeout, Duration idleTimeout) {
        return new CommandBatchHandler(
                pausing, shop.workplace(shop.database(lockTimeout, idleTimeout)));
    }

    private CompletableFuture<List<String>> startPausedAction(CommandBatchHandler worker)
            throws InterruptedException {
        var action =
                CompletableFuture.supplyAsync(
                        () ->
                                outcomes(
                                        worker.handle(
                                                List.of(received(action("s-1", charge("o-1")))))),
                        threads);
        assertThat(charged.await(30, TimeUnit.SECONDS)).isTrue();
        return action;
    }

    private List<String> compensate(CommandBatchHandler worker, int attempt) {
        var command = compensation("s-1", refund("o-1")).attempt(attempt);
        return outcomes(worker.handle(List.of(received(command))));
    }

    private org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> received(
            TestCommand command) {
        return Shop.received(command.sent(shop.payloads()));
    }
}
