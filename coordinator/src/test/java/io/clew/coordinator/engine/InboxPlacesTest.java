package io.clew.coordinator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.TokenKeys;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.Position;
import io.clew.saga.SagaInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records stand in their own partition of one topic. */
class InboxPlacesTest {
    @TempDir Path stateDir;

    private static String orderOutsidePartition0(CoordinatorHarness coordinator) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "o-" + i)
                .filter(
                        it ->
                                coordinator.parts.inbox().partitionOf(CoordinatorHarness.saga(it))
                                        > 0)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldPutAMisroutedRecordIntoItsPartitionAndChangeNothingElse() {
        try (CoordinatorHarness coordinator =
                new CoordinatorHarness(stateDir, 8, TokenKeys.NONE, Optional.empty())) {
            // given
            String order = orderOutsidePartition0(coordinator);

            // when
            coordinator.receivesTrigger(order);

            // then
            assertThat(coordinator.find(order)).isEmpty();
            assertThat(coordinator.count(Keys.MISROUTED)).isEqualTo(1);
            assertThat(coordinator.metrics.misrouted()).isEqualTo(1);

            // and when
            coordinator.keepsWhatItSends = true;
            coordinator.step(Duration.ofSeconds(1));
            coordinator.step(Duration.ofSeconds(1));

            // then
            assertThat(coordinator.toInbox).hasSize(1);
            ProducerRecord<byte[], byte[]> sent = coordinator.toInbox.getFirst();
            assertThat(new String(sent.key(), UTF_8)).isEqualTo("order-fulfilment:" + order);
            assertThat(sent.partition())
                    .isEqualTo(coordinator.parts.inbox().partitionOf(sent.key()));
            assertThat(sent.value()).isEqualTo(TestDefinitions.note(order).array());
            assertThat(sent.headers().lastHeader(WireHeaders.KIND).value())
                    .isEqualTo("trigger".getBytes(UTF_8));
            assertThat(coordinator.count(Keys.MISROUTED)).isZero();
        }
    }

    @Test
    void shouldRefuseAnotherTopicUntilItIsAdopted() throws IOException {
        Path other = Files.createDirectory(stateDir.resolve("other"));
        try (CoordinatorHarness first = new CoordinatorHarness(stateDir);
                CoordinatorHarness second =
                        new CoordinatorHarness(other, 1, TokenKeys.NONE, Optional.of("topic-2"))) {
            // given
            first.receivesTrigger("o-1");
            StoreRows rows = first.rows();

            // when
            InboxIdentity refused = InboxIdentity.of(rows, second.parts);

            // then
            assertThat(InboxIdentity.of(rows, first.parts).refusal()).isEmpty();
            assertThat(refused.refusal().orElseThrow()).contains("topic-1", "topic-2", "adopted");
            assertThatThrownBy(() -> refused.check(rows)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldApplyInputsOfAnAdoptedTopicToSagasOfTheOldOne() {
        try (CoordinatorHarness coordinator = new CoordinatorHarness(stateDir)) {
            // given
            coordinator.receivesTrigger("o-1");
            Sent command = coordinator.command("order.commands");
            SagaInstance old =
                    coordinator.at(
                            coordinator.instance("o-1"), new Position("older-topic", 0, 100_000));
            coordinator.store().put(Keys.instance(old.id()), InstanceCodec.encode(old));
            coordinator.forgetMemory();

            // when
            coordinator.receivesReply(TestReply.succeeds(command));

            // then
            assertThat(coordinator.sent("payment.commands")).hasSize(1);
        }
    }
}
