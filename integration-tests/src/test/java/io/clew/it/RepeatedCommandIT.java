package io.clew.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.PlacedOrder;
import io.clew.it.system.Topic;
import io.clew.participant.ParticipantWorker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A command may come as often as it likes: it has one effect, and one answer. */
class RepeatedCommandIT {
    private final ClewSystem clew = ClewSystem.shared();
    private final TillSaga saga = TillSaga.patient(clew);
    private final PlacedOrder order = PlacedOrder.good();

    @Test
    void shouldChargeOnceAndAnswerTheSameWhenTheCommandComesThreeTimesMore() {
        // given
        try (Till till = new Till(saga)) {
            saga.apply(till).place(order);
            try (ParticipantWorker worker = till.work()) {
                clew.sagas().awaitPhase(saga.sagaId(order), "COMPLETED");
                ConsumerRecord<String, byte[]> command = saga.awaitCommand(order, "action");

                // when
                for (int i = 0; i < 3; i++) {
                    clew.produce(copy(command));
                }

                // then
                List<ConsumerRecord<String, byte[]>> replies =
                        Await.value(Duration.ofSeconds(30), this::fourReplies);
                assertThat(replies.stream().map(RepeatedCommandIT::answer).distinct())
                        .singleElement()
                        .asString()
                        .startsWith("succeeded");
                assertThat(replies.get(0).value()).isNotEmpty();
                assertThat(worker).isNotNull();
            }
            assertThat(till.effects(order.id())).containsExactly("CHARGED");
        }
        clew.sagas().awaitPhase(saga.sagaId(order), "COMPLETED");
    }

    private List<ConsumerRecord<String, byte[]>> fourReplies() {
        List<ConsumerRecord<String, byte[]>> replies = saga.replies(order, "action");
        assertThat(replies).hasSize(4);
        return replies;
    }

    /** Outcome, code and value, and what was echoed. */
    private static String answer(ConsumerRecord<String, byte[]> reply) {
        String echoed =
                Topic.cloudEventHeaders(reply).entrySet().stream()
                        .filter(it -> it.getKey().startsWith("ce_saga"))
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(" "));
        return Topic.header(reply, "ce_sagaoutcome")
                + (" " + Topic.header(reply, "ce_sagacode"))
                + (" " + echoed)
                + (" " + Arrays.toString(reply.value()));
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<String, byte[]> command) {
        return new ProducerRecord<>(
                command.topic(),
                command.partition(),
                command.key().getBytes(UTF_8),
                command.value(),
                command.headers());
    }
}
