package io.clew.participant;

import static io.clew.participant.Shop.charge;
import static io.clew.participant.TestCommand.action;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way on a real broker: command in, effect, reply out, offset acknowledged. */
@Timeout(120)
class ParticipantWorkerTest {
    private final Shop shop = new Shop();
    private final Workplace workplace = shop.workplace();
    private final String sagaId = "s-" + UUID.randomUUID();
    private final String group = "group-" + UUID.randomUUID();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void shouldReplyToThePartitionTheCommandNames() throws Exception {
        // given
        send(action(sagaId, charge(sagaId)));
        send(action(sagaId, charge(sagaId)));
        send(action(sagaId, charge(sagaId)).attempt(2));

        // when
        try (var inbox = new Topic("saga.inbox");
                var worker = start()) {
            var replies = inbox.await(3, this::isMine);

            // then
            assertThat(worker).isNotNull();
            assertThat(replies).allMatch(reply -> reply.partition() == 3);
            assertThat(shop.till()).containsOnlyOnce("charge " + sagaId);
        }
        assertThat(unacknowledged()).isZero();
    }

    @Test
    void shouldAcknowledgeNothingWhileTheDatabaseIsAwayAndThenGoOn() throws Exception {
        // given
        var postgres = RealParts.get().postgres();
        postgres.suspend();
        send(action(sagaId, charge(sagaId)));

        // when
        try (var inbox = new Topic("saga.inbox");
                var worker = start()) {
            Await.until(() -> consumerIsThere());
            postgres.resume();
            postgres.restart();
            var replies = inbox.await(1, this::isMine);

            // then
            assertThat(worker).isNotNull();
            assertThat(replies).hasSize(1);
            assertThat(shop.till()).containsOnlyOnce("charge " + sagaId);
        }
    }

    @Test
    void shouldKeepAReplyAsDeadLetterWhenItsAddressDoesNotExist() throws Exception {
        // given
        send(action(sagaId, charge(sagaId)).with("ce_sagareplypartition", "999"));
        send(action(sagaId, charge("o-2")).with("ce_sagastep", "next"));

        // when
        try (var inbox = new Topic("saga.inbox");
                var deadLetters = new Topic("saga.dead-letters");
                var worker = start()) {
            var letters = deadLetters.await(1, this::isMine);
            var replies = inbox.await(1, this::isMine);

            // then
            assertThat(worker).isNotNull();
            assertThat(header(letters.get(0), "clew_dlt_cause")).isEqualTo("UNDELIVERABLE_REPLY");
            assertThat(header(letters.get(0), "clew_dlt_partition")).isEqualTo("999");
            assertThat(header(replies.get(0), "ce_sagastep")).isEqualTo("next");
        }
    }

    private ParticipantWorker start() {
        var participant = Shop.payment().build();
        var config = new HashMap<>(RealParts.get().config());
        config.put("group.id", group);
        return ParticipantWorker.ofCommands(
                participant, config, new CommandDelivery(participant, workplace));
    }

    private void send(TestCommand command) throws ExecutionException, InterruptedException {
        workplace.producer().send(command.sent(shop.payloads())).get();
    }

    private boolean isMine(ConsumerRecord<byte[], byte[]> record) {
        return sagaId.equals(header(record, "ce_sagaid"));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return WireHeaders.text(record.headers(), name).orElse(null);
    }

    private boolean consumerIsThere() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            return !admin.describeConsumerGroups(java.util.List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members()
                    .isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long unacknowledged() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            var request = new HashMap<TopicPartition, org.apache.kafka.clients.admin.OffsetSpec>();
            offsets.keySet()
                    .forEach(
                            partition ->
                                    request.put(
                                            partition,
                                            org.apache.kafka.clients.admin.OffsetSpec.latest()));
            var ends = admin.listOffsets(request).all().get();
            return offsets.entrySet().stream()
                    .mapToLong(
                            entry -> ends.get(entry.getKey()).offset() - entry.getValue().offset())
                    .sum();
        }
    }

    private static String bootstrap() {
        return RealParts.get().broker().bootstrapServers();
    }
}
