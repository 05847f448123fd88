package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.ClewSystem;
import io.clew.it.system.EventProducer;
import io.clew.it.system.PlacedOrder;
import io.clew.schema.SagaTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;

/** Prints how long an order takes at 20 per second; the figures are read, not asserted. */
class LatencyIT {
    private static final int WARM_UP = 1000;
    private static final int MEASURED = 300;
    private static final long PACE = Duration.ofMillis(50).toNanos();

    private final ClewSystem clew = ClewSystem.shared();

    @Test
    void shouldPrintHowLongAnOrderTakes() {
        // given
        Map<String, Long> startedAt = new HashMap<>();
        List<Double> uncommitted;
        List<Double> committed;

        // when
        try (KafkaConsumer<String, SagaTransition> early = reader("read_uncommitted");
                KafkaConsumer<String, SagaTransition> late = reader("read_committed");
                EventProducer producer = clew.eventProducer()) {
            Map<String, Long> seenEarly = new HashMap<>();
            Map<String, Long> seenLate = new HashMap<>();
            warmUp(producer);
            for (int i = 0; i < MEASURED; i++) {
                PlacedOrder order = PlacedOrder.good();
                startedAt.put(order.sagaId(), System.nanoTime());
                producer.send(order);
                long next = System.nanoTime() + PACE;
                while (System.nanoTime() < next) {
                    collect(early, seenEarly);
                    collect(late, seenLate);
                }
            }
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!seenLate.keySet().containsAll(startedAt.keySet()) && System.nanoTime() < end) {
                collect(early, seenEarly);
                collect(late, seenLate);
                LockSupport.parkNanos(PACE / 50);
            }
            uncommitted = latencies(startedAt, seenEarly);
            committed = latencies(startedAt, seenLate);
        }

        // then: every one has ended
        assertThat(committed).hasSize(startedAt.size());
        print("end decided (commands' own view)", uncommitted);
        print("end committed on saga.events", committed);
    }

    /** As fast as it goes: what is measured is not the first use of a class. */
    private void warmUp(EventProducer producer) {
        List<PlacedOrder> orders = Stream.generate(PlacedOrder::good).limit(WARM_UP).toList();
        producer.place(orders.toArray(PlacedOrder[]::new));
        orders.forEach(order -> clew.sagas().awaitEnd(order.sagaId()));
    }

    private static void collect(
            KafkaConsumer<String, SagaTransition> consumer, Map<String, Long> seen) {
        for (ConsumerRecord<String, SagaTransition> it : consumer.poll(Duration.ofMillis(1))) {
            String phase = it.value().getPhase();
            if (Set.of("COMPLETED", "COMPENSATED").contains(phase)) {
                seen.putIfAbsent(it.key(), System.nanoTime());
            }
        }
    }

    private static List<Double> latencies(Map<String, Long> started, Map<String, Long> seen) {
        List<Double> millis = new ArrayList<>();
        started.forEach(
                (saga, start) -> {
                    Long end = seen.get(saga);
                    if (end != null) {
                        millis.add((end - start) / 1e6);
                    }
                });
        millis.sort(null);
        return millis;
    }

    private static void print(String what, List<Double> millis) {
        System.out.printf(
                "[latency] order saga at 20/s, %s: p50 %.1f ms, p99 %.1f ms (n = %d)%n",
                what,
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 99 / 100),
                millis.size());
    }

    private KafkaConsumer<String, SagaTransition> reader(String isolation) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", clew.bootstrap());
        config.put("group.id", "latency-" + UUID.randomUUID());
        config.put("isolation.level", isolation);
        config.put("auto.offset.reset", "latest");
        config.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        config.put("value.deserializer", "io.clew.avro.ClewAvroDeserializer");
        config.put("schema.registry.url", clew.registryUrl());
        config.put("specific.avro.reader", true);
        config.put("specific.avro.trusted.packages", "io.clew");
        KafkaConsumer<String, SagaTransition> consumer = new KafkaConsumer<>(config);
        consumer.subscribe(List.of("saga.events"));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(100));
        }
        consumer.assignment().forEach(consumer::position);
        return consumer;
    }
}
