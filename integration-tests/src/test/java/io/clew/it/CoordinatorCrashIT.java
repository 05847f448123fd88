package io.clew.it;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.Commands;
import io.clew.it.system.EventProducer;
import io.clew.it.system.Ledger.Books;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Sagas;
import io.clew.it.system.Topic;
import io.clew.platform.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Coordinators die and freeze under load; nothing is lost and nothing happens twice. */
class CoordinatorCrashIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldLoseNothingWhenTheOnlyCoordinatorIsKilledUnderLoad() {
        // given
        Part coordinator = clew.coordinatorApp(0);

        // when
        List<PlacedOrder> orders =
                placeWhile(
                        200,
                        100,
                        () -> {
                            coordinator.kill();
                            coordinator.start();
                        });

        // then
        shouldAllHaveShippedOnce(orders, clew.sagas());
    }

    @Test
    void shouldAnswerAndFinishEverythingWhenOneOfTwoIsKilled() {
        // given
        try (Part second = clew.startSecondCoordinator()) {
            List<PlacedOrder> orders =
                    placeWhile(
                            200,
                            100,
                            () -> {
                                clew.awaitBothOwnPartitions();
                                // when
                                clew.coordinatorApp(0).kill();
                            });

            // then
            shouldAllHaveShippedOnce(orders, new Sagas(clew.coordinator(1)));
            clew.coordinatorApp(0).start();
        }
    }

    @Test
    void shouldMakeTheSameCommandsWhenATransactionWasAbortedAfterTheyWereExecuted() {
        // given: two coordinators, the first frozen in the middle of its transactions
        try (Part second = clew.startSecondCoordinator()) {
            List<PlacedOrder> orders =
                    placeWhile(
                            400,
                            200,
                            () -> {
                                clew.awaitBothOwnPartitions();
                                clew.coordinatorApp(0).suspend();
                            });
            Sagas sagas = new Sagas(clew.coordinator(1));

            // when: the session and the transaction of the frozen one time out, the other takes
            // over
            orders.forEach(order -> sagas.awaitPhase(order.sagaId(), "COMPLETED", LIMIT));
            clew.coordinatorApp(0).resume();

            // then
            shouldAllHaveShippedOnce(orders, sagas);
            int aborted = abortedButExecuted(orders);
            System.out.printf("commands of aborted transactions, executed: %d%n", aborted);
            assertThat(aborted).isPositive();
            clew.coordinatorApp(0).awaitReady();
        }
    }

    /** Orders at a steady pace; in the middle of them the fault. */
    private List<PlacedOrder> placeWhile(int count, int perSecond, Runnable fault) {
        List<PlacedOrder> orders = new ArrayList<>();
        try (EventProducer producer = clew.eventProducer()) {
            Thread hurt = Thread.ofPlatform().unstarted(fault);
            for (int i = 0; i < count; i++) {
                if (i == count / 2) {
                    hurt.start();
                }
                PlacedOrder order = PlacedOrder.good();
                orders.add(order);
                producer.send(order);
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos() / perSecond);
            }
            hurt.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return orders;
    }

    private void shouldAllHaveShippedOnce(List<PlacedOrder> orders, Sagas sagas) {
        orders.forEach(order -> sagas.awaitPhase(order.sagaId(), "COMPLETED", LIMIT));
        for (PlacedOrder order : orders) {
            assertThat(clew.ledger().of(order.id())).isEqualTo(Books.SHIPPED);
        }
        Await.until(Duration.ofSeconds(30), () -> everyCommandIdShouldNameOneContent(orders));
    }

    private void everyCommandIdShouldNameOneContent(List<PlacedOrder> orders) {
        Map<String, List<ConsumerRecord<String, byte[]>>> byId = commandsById(orders);
        assertThat(byId).hasSizeGreaterThanOrEqualTo(orders.size() * 4);
        byId.forEach(
                (id, records) -> {
                    Set<String> contents = new HashSet<>();
                    for (ConsumerRecord<String, byte[]> record : records) {
                        contents.add(
                                Arrays.toString(record.value()) + Topic.cloudEventHeaders(record));
                    }
                    assertThat(contents).as(id).hasSize(1);
                });
    }

    private Map<String, List<ConsumerRecord<String, byte[]>>> commandsById(
            List<PlacedOrder> orders) {
        Set<String> sagas = new HashSet<>();
        orders.forEach(order -> sagas.add(order.sagaId()));
        return clew.topic().readUncommitted(Commands.TOPICS).stream()
                .filter(it -> sagas.contains(it.key()))
                .collect(groupingBy(it -> Topic.header(it, "ce_id")));
    }

    /** Commands that stand on their topic only in aborted transactions, or there too. */
    private int abortedButExecuted(List<PlacedOrder> orders) {
        Set<String> committed = new HashSet<>();
        clew.topic()
                .readCommitted(Commands.TOPICS)
                .forEach(it -> committed.add(it.topic() + it.partition() + "@" + it.offset()));
        Set<String> replied = new HashSet<>();
        clew.topic()
                .readCommitted(List.of("saga.inbox"))
                .forEach(
                        it ->
                                replied.add(
                                        it.key()
                                                + Topic.header(it, "ce_sagastep")
                                                + Topic.header(it, "ce_sagaattempt")));
        int count = 0;
        for (List<ConsumerRecord<String, byte[]>> records : commandsById(orders).values()) {
            for (ConsumerRecord<String, byte[]> it : records) {
                boolean aborted =
                        !committed.contains(it.topic() + it.partition() + "@" + it.offset());
                boolean executed =
                        replied.contains(
                                it.key()
                                        + Topic.header(it, "ce_sagastep")
                                        + Topic.header(it, "ce_sagaattempt"));
                if (aborted && executed) {
                    count++;
                }
            }
        }
        return count;
    }
}
