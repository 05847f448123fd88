package io.clew.participant;

import static io.clew.participant.Shop.charge;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.payment.ChargePayment;
import java.time.Clock;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
    private static final String TOPIC = "order.events";

    private final Shop shop = new Shop();
    private final Workplace workplace = shop.workplace();
    private final Outbox outbox = new Outbox(shop.payloads(), Clock.systemUTC());
    private final String key = "k-" + UUID.randomUUID();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void shouldPublishWhatWasCommittedInOrder() {
        // given
        for (var i = 0; i < 500; i++) {
            add("o-" + i);
        }

        // when
        try (var events = new Topic(TOPIC);
                var first = new OutboxRelay("/order-service", workplace);
                var second = new OutboxRelay("/order-service", workplace)) {
            add("o-500");
            first.nudge();
            second.nudge();
            var published = events.await(501, this::isMine);

            // then
            assertThat(published)
                    .extracting(this::orderId)
                    .containsExactlyElementsOf(
                            java.util.stream.IntStream.rangeClosed(0, 500)
                                    .mapToObj(i -> "o-" + i)
                                    .toList());
            assertThat(WireHeaders.text(published.get(0).headers(), "ce_source"))
                    .contains("/order-service");
            assertThat(WireHeaders.text(published.get(0).headers(), "ce_type"))
                    .contains("io.clew.payment.ChargePayment");
            Await.until(() -> shop.column("select topic from clew_outbox").isEmpty());
        }
    }

    @Test
    void shouldPublishNothingOfATransactionThatWasRolledBack() {
        // given
        assertThatThrownBy(
                        () ->
                                workplace
                                        .database()
                                        .inTransaction(
                                                connection -> {
                                                    outbox.add(
                                                            connection, TOPIC, key, charge("lost"));
                                                    throw new IllegalStateException("no");
                                                }))
                .isInstanceOf(IllegalStateException.class);

        // when
        try (var events = new Topic(TOPIC);
                var relay = new OutboxRelay("/order-service", workplace)) {
            add("kept");
            relay.nudge();
            var published = events.await(1, this::isMine);

            // then
            assertThat(published).extracting(this::orderId).containsExactly("kept");
        }
    }

    private void add(String orderId) {
        workplace
                .database()
                .inTransaction(
                        connection -> {
                            outbox.add(connection, TOPIC, key, charge(orderId));
                            return orderId;
                        });
    }

    private boolean isMine(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null && new String(record.key(), UTF_8).equals(key);
    }

    private String orderId(ConsumerRecord<byte[], byte[]> record) {
        return ((ChargePayment) shop.payloads().decode(TOPIC, record.value())).getOrderId();
    }
}
