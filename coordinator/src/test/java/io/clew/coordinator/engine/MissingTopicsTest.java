package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.Delivery;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic is missing from the place on where its partition is told so. */
class MissingTopicsTest {
    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;

    @BeforeEach
    void open() {
        coordinator = new CoordinatorHarness(stateDir);
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    private Delivery delivery(String order) {
        return coordinator.instance(order).outstanding().get(0).delivery();
    }

    private int attempt(String order) {
        return coordinator.instance(order).outstanding().get(0).attempt();
    }

    @Test
    void shouldDecideByWhatItWasToldNotByWhatItSees() {
        // given
        coordinator.missingTopics.add("order.commands");

        // when
        coordinator.receivesTrigger("o-1");
        Delivery seen = delivery("o-1");
        coordinator.advance(Duration.ofSeconds(2));
        coordinator.receivesTrigger("o-2");

        // then
        assertThat(seen).isInstanceOf(Delivery.Sent.class);
        assertThat(delivery("o-1")).isInstanceOf(Delivery.Paused.class);
        assertThat(attempt("o-1")).isEqualTo(1);
        assertThat(delivery("o-2")).isInstanceOf(Delivery.Paused.class);
        assertThat(attempt("o-2")).isZero();
        assertThat(coordinator.sent("order.commands")).isEmpty();
        assertThat(coordinator.metrics.unsent()).isEqualTo(1);
    }

    @Test
    void shouldSendAtOnceWhenTheTopicIsThereAndNothingBefore() {
        // given
        coordinator.missingTopics.add("order.commands");
        coordinator.receivesTrigger("o-1");
        coordinator.advance(Duration.ofSeconds(1));
        coordinator.receivesTrigger("o-2");
        coordinator.advance(Duration.ofMinutes(20));
        assertThat(coordinator.sent("order.commands")).isEmpty();

        // when
        coordinator.missingTopics.clear();
        coordinator.advance(Duration.ofSeconds(2));

        // then
        assertThat(coordinator.sent("order.commands"))
                .extracting(it -> it.key() + " " + it.header(WireHeaders.ATTEMPT))
                .containsExactlyInAnyOrder("order-fulfilment:o-1 1", "order-fulfilment:o-2 1");
        coordinator.expectFoldIsStored("o-1");
        coordinator.expectFoldIsStored("o-2");
    }

    @Test
    void shouldTellAgainUntilItIsHeard() {
        // given
        coordinator.missingTopics.add("order.commands");
        coordinator.deaf = true;
        coordinator.receivesTrigger("o-1");
        coordinator.advance(Duration.ofSeconds(2));

        // when
        coordinator.deaf = false;
        coordinator.advance(Duration.ofSeconds(6));

        // then
        assertThat(delivery("o-1")).isInstanceOf(Delivery.Paused.class);
    }

    @Test
    void shouldCompensateACancelledSagaThatHasSentNothing() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.missingTopics.add("payment.commands");
        coordinator.receivesTrigger("o-0");
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        coordinator.advance(Duration.ofSeconds(1));
        coordinator.receivesReply(succeeds(coordinator.sent("order.commands").get(0)));
        assertThat(attempt("o-1")).isZero();

        // when
        coordinator.receivesIntervention("o-1", "op-1", new InterventionRequest.Cancel());

        // then
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.COMPENSATING);
    }

    /** The same inbox, read by an owner to which the topic was missing and by one that saw it. */
    @Test
    void shouldDecideTheSameWhateverItSees() throws IOException {
        Path other = Files.createDirectory(stateDir.resolve("other"));
        try (CoordinatorHarness again = new CoordinatorHarness(other)) {
            // given
            List<CoordinatorHarness> owners = List.of(coordinator, again);
            owners.forEach(it -> it.keepsWhatItSends = true);
            coordinator.missingTopics.add("order.commands");

            // when
            owners.forEach(it -> it.receivesTrigger("o-1"));
            for (int i = 0; i < 5; i++) {
                owners.forEach(it -> it.step(Duration.ofMillis(100)));
                List<ProducerRecord<byte[], byte[]>> told = new ArrayList<>(coordinator.toInbox);
                coordinator.toInbox.clear();
                told.forEach(record -> owners.forEach(it -> it.receives(record)));
            }
            owners.forEach(it -> it.receivesTrigger("o-2"));

            // then
            assertThat(again.sent("order.commands")).hasSize(1);
            assertThat(coordinator.sent("order.commands")).isEmpty();
            for (String order : List.of("o-1", "o-2")) {
                assertThat(delivery(order)).isInstanceOf(Delivery.Paused.class);
                assertThat(InstanceCodec.encode(again.instance(order)))
                        .isEqualTo(InstanceCodec.encode(coordinator.instance(order)));
            }
        }
    }
}
