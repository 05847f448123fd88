package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Orders at a steady pace, every second one of them for a till; in the middle comes a fault. */
final class Load {
    private final ClewSystem clew;
    private final TillSaga tillSaga;
    private final List<PlacedOrder> orders = new CopyOnWriteArrayList<>();
    private final List<PlacedOrder> tillOrders = new CopyOnWriteArrayList<>();

    Load(ClewSystem clew, TillSaga tillSaga) {
        this.clew = clew;
        this.tillSaga = tillSaga;
    }

    /** Orders of the reference saga. */
    List<PlacedOrder> orders() {
        return List.copyOf(orders);
    }

    /** Orders of the till's saga. */
    List<PlacedOrder> tillOrders() {
        return List.copyOf(tillOrders);
    }

    /** Ids of all sagas they start. */
    Set<String> sagas() {
        Set<String> sagas = new HashSet<>();
        orders.forEach(it -> sagas.add(it.sagaId()));
        tillOrders.forEach(it -> sagas.add(tillSaga.sagaId(it)));
        return sagas;
    }

    /** Returns when all are placed and the fault has had its way; fails if the fault did. */
    void place(int count, int perSecond, Runnable fault) {
        FutureTask<Boolean> hurt = new FutureTask<>(fault, true);
        try (EventProducer producer = clew.eventProducer()) {
            for (int i = 0; i < count; i++) {
                if (i == count / 2) {
                    Thread.ofPlatform().name("fault").start(hurt);
                }
                send(producer, i);
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos() / perSecond);
            }
        }
        await(hurt);
    }

    private void send(EventProducer producer, int number) {
        PlacedOrder order = PlacedOrder.good();
        if (number % 2 == 0) {
            orders.add(order);
            producer.send(order);
        } else {
            tillOrders.add(order);
            producer.sendOn(tillSaga.events(), order);
        }
    }

    private static void await(FutureTask<Boolean> hurt) {
        try {
            assertThat(hurt.get()).isTrue();
        } catch (ExecutionException e) {
            throw new AssertionError("the fault itself failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The fault was one: there are sagas that had begun and had not ended. */
    void shouldBeUnderWay() {
        Set<String> begun = keys(clew.topic().readUncommitted(List.of("order.commands")));
        begun.retainAll(sagas());
        begun.removeAll(keys(clew.topic().readCommitted(List.of("saga.archive"))));
        assertThat(begun).as("sagas under way when it happened").isNotEmpty();
    }

    private static Set<String> keys(List<ConsumerRecord<String, byte[]>> records) {
        Set<String> keys = new HashSet<>();
        records.forEach(it -> keys.add(it.key()));
        return keys;
    }
}
