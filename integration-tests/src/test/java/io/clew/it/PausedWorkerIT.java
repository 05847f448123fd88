package io.clew.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clew.it.Till.Habits;
import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Topic;
import io.clew.participant.ParticipantWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Worker A stands still inside the transaction of a charge; worker B takes its partition over and
 * gets the charge and the refund.
 */
class PausedWorkerIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final ClewSystem clew = ClewSystem.shared();
    private final TillSaga saga = TillSaga.hasty(clew);
    private final PlacedOrder order = PlacedOrder.good();
    private final CountDownLatch charged = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        goOn.countDown();
    }

    @Test
    void shouldRefundOnceWhatThePausedWorkerChargesInTheEnd() throws Exception {
        // given
        try (Till tillA = new Till(saga, pausing().waiting(LIMIT, LIMIT));
                Till tillB = new Till(saga, Habits.PLAIN.waiting(SHORT, LIMIT));
                ParticipantWorker workerA = paused(tillA);
                ParticipantWorker workerB = tillB.work("a-takes-over")) {

            // when: B has been told that A is not done
            Await.until(LIMIT, () -> shouldHaveBeenAnswered("compensation", "error"));
            assertThat(tillB.effects()).isEmpty();
            goOn.countDown();
            JsonNode status = clew.sagas().awaitPhase(saga.sagaId(order), "COMPENSATED");

            // then
            assertThat(status.path("failure").path("code").asText()).isEqualTo("IN_DOUBT");
            assertThat(tillB.effects(order.id())).containsExactly("CHARGED", "REFUNDED");
            assertThat(List.of(workerA, workerB)).doesNotContainNull();
        }
    }

    @Test
    void shouldChargeAndRefundOnceWhenTheDatabaseEndsThePausedTransaction() throws Exception {
        // given
        try (Till tillA = new Till(saga, pausing().waiting(LIMIT, SHORT.multipliedBy(5)));
                Till tillB = new Till(saga, Habits.PLAIN.waiting(LIMIT, LIMIT));
                ParticipantWorker workerA = paused(tillA);
                ParticipantWorker workerB = tillB.work("a-takes-over")) {

            // when
            JsonNode status = clew.sagas().awaitPhase(saga.sagaId(order), "COMPENSATED");
            long answered = answersToTheFirstAttempt();
            goOn.countDown();

            // then: A tries again, and gets the answer that is there
            assertThat(status.path("failure").path("code").asText()).isEqualTo("IN_DOUBT");
            Await.until(
                    LIMIT, () -> assertThat(answersToTheFirstAttempt()).isGreaterThan(answered));
            assertThat(tillB.effects(order.id())).containsExactly("CHARGED", "REFUNDED");
            assertThat(List.of(workerA, workerB)).doesNotContainNull();
        }
    }

    private long answersToTheFirstAttempt() {
        return saga.replies(order, "action").stream()
                .filter(it -> Topic.header(it, "ce_sagaattempt").equals("1"))
                .filter(it -> Topic.header(it, "ce_sagaoutcome").equals("succeeded"))
                .count();
    }

    private Habits pausing() {
        return Habits.PLAIN.pausing(
                () -> {
                    charged.countDown();
                    assertThat(goOn.await(2, TimeUnit.MINUTES)).isTrue();
                });
    }

    private ParticipantWorker paused(Till till) throws InterruptedException {
        saga.apply(till).place(order);
        ParticipantWorker worker = till.work("z-stands-still");
        assertThat(charged.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return worker;
    }

    private void shouldHaveBeenAnswered(String direction, String outcome) {
        List<ConsumerRecord<String, byte[]>> replies = saga.replies(order, direction);
        assertThat(replies.stream().map(it -> Topic.header(it, "ce_sagaoutcome")))
                .contains(outcome);
    }
}
