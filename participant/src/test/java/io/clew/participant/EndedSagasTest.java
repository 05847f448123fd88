package io.clew.participant;

import static io.clew.participant.Shop.charge;
import static io.clew.participant.TestCommand.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndedSagasTest {
    private static final Duration RETENTION = Duration.ofDays(8);
    private static final long RUN = 1772366399000L;

    private final Shop shop = new Shop();
    private final Workplace workplace = shop.workplace();
    private final EndedSagas endedSagas = endedSagas(RETENTION);

    private EndedSagas endedSagas(Duration retention) {
        return new EndedSagas(
                Shop.payment().build(), RealParts.get().config(), retention, workplace);
    }

    @AfterEach
    void close() {
        endedSagas.close();
        workplace.close();
    }

    @Test
    void shouldForgetAnEndedSagaOnlyAfterTheRetention() throws InterruptedException {
        // given
        var worker = shop.worker(Shop.payment().build());
        for (var sagaId : List.of("ended", "running")) {
            worker.handle(
                    List.of(Shop.received(action(sagaId, charge(sagaId)).sent(shop.payloads()))));
        }
        endedSagas.deliver(
                List.of(transition("ended", "COMPLETED"), transition("running", "HELD")));

        // when
        shop.now.set(Shop.NOW.plus(RETENTION).minusSeconds(61));
        endedSagas.deliver(List.of(unreadable()));
        var before = sagas();
        shop.now.set(Shop.NOW.plus(RETENTION).plusSeconds(1));
        endedSagas.deliver(List.of());
        var after = sagas();

        // then
        assertThat(before).containsExactly("ended", "running");
        assertThat(after).containsExactly("running");
        assertThat(shop.column("select saga_id from clew_ended_saga")).isEmpty();
    }

    @Test
    void shouldForgetNothingWhileItsCommandsMayLieLongerThanTheRetention()
            throws InterruptedException {
        // given
        var worker = shop.worker(Shop.payment().build());
        worker.handle(
                List.of(Shop.received(action("ended", charge("ended")).sent(shop.payloads()))));
        try (var hasty = endedSagas(Duration.ofDays(7))) {
            hasty.deliver(List.of(transition("ended", "COMPLETED")));
            shop.now.set(Shop.NOW.plus(Duration.ofDays(70)));

            // when
            hasty.deliver(List.of());
            var kept = sagas();
            endedSagas.deliver(List.of());

            // then
            assertThat(kept).containsExactly("ended");
            assertThat(sagas()).isEmpty();
        }
    }

    private List<String> sagas() {
        return shop.column("select saga_id from clew_execution order by saga_id");
    }

    private ConsumerRecord<byte[], byte[]> transition(String sagaId, String phase) {
        var transition =
                SagaTransition.newBuilder()
                        .setSagaId(sagaId)
                        .setRun(RUN)
                        .setDefinition("order-fulfilment")
                        .setVersion(1)
                        .setBusinessKey(sagaId)
                        .setRevision(7)
                        .setPhase(phase)
                        .setTime(Shop.NOW)
                        .setCause(new TransitionCause("saga.inbox", "topic-id", 0, 42L, "reply"))
                        .setEvents(List.of())
                        .build();
        return record(shop.payloads().encode("saga.events", transition));
    }

    private static ConsumerRecord<byte[], byte[]> unreadable() {
        return record(new byte[] {9, 9});
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(
                "saga.events",
                0,
                0L,
                Shop.NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
