package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.Parcels;
import io.clew.saga.NotYetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TriggerRouterTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Parcels parcels = new Parcels();
    private final TriggerRouter router =
            new TriggerRouter(
                    parcels,
                    new Stamp(Optional.of("k1"), Stamp.DEFAULT_MAX_EVENT_BYTES),
                    () -> NOW);
    private final List<AppliedDefinition> listening =
            List.of(parcels.applied("parcel", 1, 0), parcels.applied("parcel", 2, 10));

    @Test
    void shouldStampAStart() {
        // when
        List<Routed> routed = route(3, Parcels.sent("p/1"), NOW);

        // then
        Routed.Start start = (Routed.Start) routed.get(0);
        assertThat(routed).hasSize(1);
        assertThat(start.saga().value()).isEqualTo("parcel:p%2F1");
        assertThat(start.trigger().definition()).isEqualTo(listening.get(0).ref());
        assertThat(start.trigger().tokenKey()).contains("k1");
        assertThat(start.trigger().traceparent()).contains(TRACE);
        assertThat(start.trigger().event().array()).isEqualTo(Parcels.sent("p/1"));
    }

    @Test
    void shouldFollowTheNewestVersionFromItsOwnStartOn() {
        // when
        List<Routed> before = route(9, Parcels.sent("p-1"), NOW);
        List<Routed> after = route(10, Parcels.sent("p-1"), NOW);

        // then
        assertThat(version(before)).isEqualTo(1);
        assertThat(version(after)).isEqualTo(2);
    }

    @Test
    void shouldIgnoreEventsOfAnotherType() {
        assertThat(route(3, Parcels.seen("gate 3"), NOW)).isEmpty();
        assertThat(route(3, null, NOW)).isEmpty();
    }

    @Test
    void shouldRefuseWhatCanNeverBeRead() {
        assertThat(refusal(route(3, new byte[] {7, 7}, NOW))).isEqualTo("UNREADABLE");
        assertThat(refusal(route(3, new byte[] {0, 0, 0, 0, 99, 1}, NOW))).isEqualTo("UNREADABLE");
        assertThat(refusal(route(3, new byte[] {0, 0, 0, 0, Parcels.SENT_ID, 90}, NOW)))
                .isEqualTo("UNREADABLE");
    }

    @Test
    void shouldRefuseAKeyOfNoLength() {
        assertThat(route(3, Parcels.sent(""), NOW))
                .singleElement()
                .isInstanceOf(Routed.Refused.class);
    }

    @Test
    void shouldGiveAnAwaitedEventOnceToTheSagaOfItsKey() {
        // given
        List<AppliedDefinition> awaiting =
                List.of(parcels.awaiting("parcel", 1), parcels.awaiting("parcel", 2));

        // when
        List<Routed> routed = route(3, Parcels.seen("p/1"), NOW, awaiting);

        // then
        assertThat(routed)
                .singleElement()
                .isInstanceOfSatisfying(
                        Routed.Arrives.class,
                        it -> assertThat(it.saga().value()).isEqualTo("parcel:p%2F1"));
    }

    @Test
    void shouldGiveAnAwaitedEventToSagasOfAnOlderVersion() {
        // given
        List<AppliedDefinition> awaiting =
                List.of(parcels.awaiting("parcel", 1), parcels.applied("parcel", 2, 0));

        // then
        assertThat(route(3, Parcels.seen("p-1"), NOW, awaiting))
                .singleElement()
                .isInstanceOf(Routed.Arrives.class);
    }

    @Test
    void shouldRefuseAnAwaitedEventWithoutAKey() {
        // given
        List<AppliedDefinition> awaiting = List.of(parcels.awaiting("parcel", 1));

        // then
        assertThat(refusal(route(3, Parcels.seen(""), NOW, awaiting))).isEqualTo("UNREADABLE");
    }

    @Test
    void shouldRefuseEventsOlderThanTheirKeyIsUnique() {
        // given
        Instant old = NOW.minus(Duration.ofDays(30)).minusMillis(1);

        // then
        assertThat(refusal(route(3, Parcels.sent("p-1"), old))).isEqualTo("TOO_OLD");
        assertThat(route(3, Parcels.sent("p-1"), old.plusMillis(1)).get(0))
                .isInstanceOf(Routed.Start.class);
    }

    @Test
    void shouldWaitWhenTheSchemaCannotBeHadNow() {
        // given
        parcels.lose(Parcels.SENT_ID);

        // then
        assertThatThrownBy(() -> route(3, Parcels.sent("p-1"), NOW))
                .isInstanceOf(NotYetException.class);
    }

    private List<Routed> route(long offset, byte[] value, Instant at) {
        return route(offset, value, at, listening);
    }

    private List<Routed> route(
            long offset, byte[] value, Instant at, List<AppliedDefinition> definitions) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", TRACE.getBytes(StandardCharsets.UTF_8));
        return router.route(
                new ConsumerRecord<>(
                        Parcels.TOPIC,
                        0,
                        offset,
                        at.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        null,
                        value,
                        headers,
                        Optional.empty()),
                definitions,
                PartitionProgress.fresh(definitions));
    }

    private static int version(List<Routed> routed) {
        return ((Routed.Start) routed.get(0)).trigger().definition().version();
    }

    private static String refusal(List<Routed> routed) {
        return ((Routed.Refused) routed.get(0)).code();
    }
}
