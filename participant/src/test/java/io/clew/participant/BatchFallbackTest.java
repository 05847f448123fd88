package io.clew.participant;

import static io.clew.participant.CommandBatchHandlerTest.outcomes;
import static io.clew.participant.Shop.charge;
import static io.clew.participant.Shop.refund;
import static io.clew.participant.TestCommand.action;
import static io.clew.participant.TestCommand.compensation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.payment.ChargePayment;
import io.clew.payment.RefundPayment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One transaction for a whole batch must not make one command's trouble that of the others. */
@Timeout(60)
class BatchFallbackTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Shop shop = new Shop();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.close();
        shop.close();
    }

    @Test
    void shouldHandleOneByOneWhenTheCommitIsRefused() {
        // given
        shop.execute("create table receipt (what text unique deferrable initially deferred)");
        var worker =
                shop.worker(
                        charging(
                                (command, context) -> {
                                    write(context, "insert into receipt values ('the one')");
                                    return Shop.book(context, command.getOrderId());
                                }));

        // when
        var replies = handle(worker, action("s-1", charge("o-1")), action("s-2", charge("o-2")));
        var again = handle(worker, action("s-2", charge("o-2")).attempt(2));

        // then
        assertThat(replies).containsExactly("succeeded", "error PSQLException");
        assertThat(again).containsExactly("error PSQLException");
        assertThat(shop.till()).containsExactly("o-1");
        assertThat(shop.books()).containsExactly("action DONE succeeded");
    }

    @Test
    void shouldKeepTheOrderOfASagaWhenTheCommitIsRefused() {
        // given
        shop.execute("create table receipt (what text unique deferrable initially deferred)");
        var worker =
                shop.worker(
                        Participant.named("payment")
                                .on(
                                        ChargePayment.class,
                                        (command, context) -> {
                                            write(context, "insert into receipt values ('one')");
                                            return Shop.book(context, command.getOrderId());
                                        })
                                .on(
                                        RefundPayment.class,
                                        (command, context) -> Shop.book(context, "refund"))
                                .build());

        // when
        var replies =
                handle(
                        worker,
                        action("s-1", charge("o-1")),
                        action("s-2", charge("o-2")),
                        compensation("s-2", refund("o-2")),
                        compensation("s-1", refund("o-1")));

        // then
        assertThat(replies)
                .containsExactly("succeeded", "error PSQLException", "succeeded", "succeeded");
        assertThat(shop.till()).containsExactly("o-1", "refund");
        assertThat(handle(worker, action("s-2", charge("o-2")).attempt(2)))
                .containsExactly("failed FENCED");
    }

    @Test
    void shouldHandleOneByOneWhenAnExecutionCannotBeClaimed() {
        // given
        var worker = shop.worker(Shop.payment().build());

        // when
        var replies =
                handle(
                        worker,
                        action("s-1", charge("o-1")),
                        action("no\0text", charge("o-2")),
                        action("s-3", charge("o-3")));

        // then
        assertThat(replies).containsExactly("succeeded", "error PSQLException", "succeeded");
        assertThat(shop.till()).containsExactly("charge o-1", "charge o-3");
    }

    @Test
    void shouldAnswerTheOthersWhenAnotherWorkerHoldsOneOfThem() throws Exception {
        // given
        var holding = new CyclicBarrier(2);
        var pausing =
                charging(
                        (command, context) -> {
                            meet(holding);
                            meet(holding);
                            return Shop.book(context, "first");
                        });
        var first =
                threads.submit(() -> handle(shop.worker(pausing), action("s-2", charge("o-2"))));
        meet(holding);
        var impatient =
                new CommandBatchHandler(
                        Shop.payment().build(),
                        shop.workplace(shop.database(Duration.ofMillis(200), LONG)));

        // when
        var replies =
                handle(
                        impatient,
                        action("s-1", charge("o-1")),
                        action("s-2", charge("o-2")),
                        action("s-3", charge("o-3")));
        meet(holding);

        // then
        assertThat(replies).containsExactly("succeeded", "error LOCKED", "succeeded");
        assertThat(first.get(20, TimeUnit.SECONDS)).containsExactly("succeeded");
        assertThat(shop.till()).containsExactly("charge o-1", "charge o-3", "first");
    }

    @Test
    void shouldAnswerEveryCommandWhenTwoWorkersLockEachOther() throws Exception {
        // given
        shop.execute("create table stock (sku text primary key, sold integer not null)");
        shop.execute("insert into stock values ('x', 0), ('y', 0)");
        var bothHoldOne = new CyclicBarrier(2);
        var entries = new AtomicInteger();
        var selling =
                charging(
                        (command, context) -> {
                            var isFirstOfBatch = entries.incrementAndGet() <= 2;
                            write(
                                    context,
                                    "update stock set sold = sold + 1 where sku = '"
                                            + command.getOrderId()
                                            + "'");
                            if (isFirstOfBatch) {
                                meet(bothHoldOne);
                            }
                            return Outcome.succeeded();
                        });

        // when
        var one =
                start(shop.worker(selling), action("s-1", charge("x")), action("s-2", charge("y")));
        var other =
                start(shop.worker(selling), action("s-3", charge("y")), action("s-4", charge("x")));

        // then
        assertThat(one.get(30, TimeUnit.SECONDS)).containsExactly("succeeded", "succeeded");
        assertThat(other.get(30, TimeUnit.SECONDS)).containsExactly("succeeded", "succeeded");
        assertThat(shop.column("select sold from stock order by sku")).containsExactly("2", "2");
        assertThat(shop.books()).hasSize(4).containsOnly("action DONE succeeded");
        assertThat(entries).hasValueGreaterThan(4);
    }

    @Test
    void shouldHaveOneEffectEachWhenTwoWorkersHaveTheSameCommandsInOppositeOrder()
            throws Exception {
        // given
        assertThat(shop.books()).isEmpty();
        var sagas = IntStream.range(0, 100).mapToObj(i -> "s-" + i).toList();
        var forth =
                sagas.stream()
                        .flatMap(
                                saga ->
                                        Stream.of(
                                                action(saga, charge(saga)),
                                                compensation(saga, refund(saga))))
                        .toArray(TestCommand[]::new);
        var back =
                sagas.reversed().stream()
                        .map(saga -> action(saga, charge(saga)))
                        .toArray(TestCommand[]::new);

        // when
        var one = start(shop.worker(Shop.payment().build()), forth);
        var other = start(shop.worker(Shop.payment().build()), back);

        // then
        assertThat(one.get(30, TimeUnit.SECONDS)).hasSize(200).containsOnly("succeeded");
        assertThat(other.get(30, TimeUnit.SECONDS)).hasSize(100).containsOnly("succeeded");
        assertThat(shop.till()).hasSize(200).doesNotHaveDuplicates();
    }

    private static Participant charging(CommandHandler<ChargePayment> handler) {
        return Participant.named("payment").on(ChargePayment.class, handler).build();
    }

    private static void write(CommandContext context, String sql) throws SQLException {
        try (var statement = context.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    private static void meet(CyclicBarrier barrier)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        barrier.await(20, TimeUnit.SECONDS);
    }

    private CompletableFuture<List<String>> start(
            CommandBatchHandler worker, TestCommand... commands) {
        return CompletableFuture.supplyAsync(() -> handle(worker, commands), threads);
    }

    private List<String> handle(CommandBatchHandler worker, TestCommand... commands) {
        return outcomes(
                worker.handle(
                        Arrays.stream(commands)
                                .map(command -> Shop.received(command.sent(shop.payloads())))
                                .toList()));
    }
}
