package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.Ledger.Books;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Topic;
import io.clew.participant.ParticipantWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A participant is away for a while: sagas wait, say what for, and finish with one effect each. */
class OutageIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(5);

    private final ClewSystem clew = ClewSystem.shared();
    private final TillSaga tillSaga = TillSaga.patient(clew);

    @Test
    void shouldWaitAndFinishWhenAServiceIsAwayForThreeTimeouts() {
        // given: payment, and a till that has not been opened
        List<PlacedOrder> orders = Stream.generate(PlacedOrder::good).limit(5).toList();
        PlacedOrder tillOrder = PlacedOrder.good();
        try (Till till = new Till(tillSaga)) {
            tillSaga.apply(till);
            Instant back = Instant.now().plus(TIMEOUT.multipliedBy(3)).plusSeconds(1);
            clew.service("payment").stop();
            try {
                orders.forEach(order -> clew.orders().post("/orders", order.json()));
                tillSaga.place(tillOrder);

                // when
                Await.until(
                        Duration.ofSeconds(60),
                        () -> {
                            orders.forEach(this::shouldSayWhatItWaitsForAndUntilWhen);
                            assertThat(Instant.now()).isAfter(back);
                        });
            } finally {
                clew.service("payment").start();
            }

            // then
            shouldHaveBeenDoneOnce(till, tillOrder);
        }
        for (PlacedOrder order : orders) {
            clew.sagas().awaitPhase(order.sagaId(), "COMPLETED", Duration.ofSeconds(90));
            assertThat(clew.ledger().of(order.id())).isEqualTo(Books.SHIPPED);
        }
    }

    /** Sent several times while nobody was there to take it. */
    private void shouldHaveBeenDoneOnce(Till till, PlacedOrder order) {
        assertThat(tillSaga.commands(order, "action")).hasSizeGreaterThan(1);
        try (ParticipantWorker worker = till.work()) {
            clew.sagas().awaitPhase(tillSaga.sagaId(order), "COMPLETED", Duration.ofSeconds(90));
            int sent = tillSaga.commands(order, "action").size();
            Await.until(
                    Duration.ofSeconds(30),
                    () ->
                            assertThat(tillSaga.replies(order, "action"))
                                    .hasSizeGreaterThanOrEqualTo(sent));
            assertThat(worker).isNotNull();
        }
        assertThat(till.effects(order.id())).containsExactly("CHARGED");
    }

    private void shouldSayWhatItWaitsForAndUntilWhen(PlacedOrder order) {
        JsonNode status = clew.sagas().status(order.sagaId()).body();
        assertThat(status.path("phase").asText()).isEqualTo("RUNNING");
        assertThat(status.path("currentSteps").path(0).path("participant").asText())
                .isEqualTo("payment");
        JsonNode waitsFor = status.path("waitsFor").path(0);
        assertThat(waitsFor.path("what").asText()).isEqualTo("reply");
        assertThat(waitsFor.path("detail").asText())
                .contains("payment", "io.clew.payment.ChargePayment", "chargePayment");
        Instant decided = decided(order);
        assertThat(Instant.parse(waitsFor.path("until").asText()))
                .isAfter(Instant.now().minusSeconds(5))
                .isAfterOrEqualTo(decided.plus(TIMEOUT))
                .isBefore(Instant.now().plus(TIMEOUT).plus(LONGEST_BACKOFF));
        assertThat(Instant.parse(waitsFor.path("giveUpAt").asText()))
                .isEqualTo(decided.plus(GIVE_UP_AFTER));
    }

    /** When the charge was decided, by the broker's own clock. */
    private Instant decided(PlacedOrder order) {
        List<ConsumerRecord<String, byte[]>> charges =
                clew.topic().readUncommitted(List.of("payment.commands")).stream()
                        .filter(it -> order.sagaId().equals(it.key()))
                        .toList();
        assertThat(charges).isNotEmpty();
        return Instant.parse(Topic.header(charges.get(0), "ce_time"));
    }
}
