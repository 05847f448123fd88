package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.Candidate;
import io.clew.coordinator.definitions.MemoryDefinitions;
import io.clew.coordinator.definitions.Parcels;
import io.clew.coordinator.definitions.Rollout;
import io.clew.saga.NotYetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriggerRouterTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final TriggerRouter router =
            new TriggerRouter(
                    parcels,
                    new Stamp(Optional.of("k1"), Stamp.DEFAULT_MAX_EVENT_BYTES),
                    () -> NOW);
    private final List<AppliedDefinition> listening =
            List.of(parcels.applied("parcel", 1, 0), parcels.applied("parcel", 2, 10));

    @BeforeEach
    void apply() {
        listening.forEach(definitions::add);
    }

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
    void shouldShareWhatComesByItsKey() {
        // given
        definitions.wish("parcel", wish(Optional.of(1), Optional.of(new Candidate(2, 40))));
        List<Integer> takers =
                IntStream.range(0, 100)
                        .mapToObj(it -> version(route(20, Parcels.sent("p-" + it), NOW)))
                        .toList();

        // then
        assertThat(takers).filteredOn(it -> it == 2).hasSizeBetween(25, 55);
        for (int i = 0; i < takers.size(); i++) {
            assertThat(version(route(30, Parcels.sent("p-" + i), NOW))).isEqualTo(takers.get(i));
            assertThat(version(route(9, Parcels.sent("p-" + i), NOW))).isEqualTo(1);
        }
    }

    @Test
    void shouldStartNothingWhenAllVersionsAreRetiredAndCountIt() {
        // given
        definitions.wish("parcel", wish(Optional.empty(), Optional.empty(), 1, 2));

        // then
        assertThat(route(20, Parcels.sent("p-1"), NOW)).isEmpty();
        assertThat(route(21, Parcels.seen("gate 3"), NOW)).isEmpty();
        assertThat(router.untaken().count()).isEqualTo(1);
    }

    @Test
    void shouldGiveAnAwaitedEventToSagasOfARetiredVersion() {
        // given
        List<AppliedDefinition> awaiting =
                List.of(parcels.awaiting("parcel", 1), parcels.applied("parcel", 2, 0));
        definitions.wish("parcel", wish(Optional.of(2), Optional.empty(), 1));

        // then
        assertThat(route(3, Parcels.seen("p-1"), NOW, awaiting))
                .singleElement()
                .isInstanceOf(Routed.Arrives.class);
    }

    private static Rollout.Wish wish(
            Optional<Integer> active, Optional<Candidate> candidate, Integer... retired) {
        return new Rollout.Wish(
                active,
                candidate,
                Set.of(retired),
                Optional.empty(),
                new Rollout.Change("op-1", NOW, "ada", ""));
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

    @Test
    void shouldWaitWhenTheActiveVersionCannotRunHereAndTheOneBeforeIsRetired() {
        // given
        Rollout rollout =
                new Rollout(
                        2, List.of(2, 1), Optional.empty(), Set.of(1), Optional.empty(), List.of());
        Listening lame =
                new Listening(
                        List.of(parcels.applied("parcel", 1, 0)),
                        Map.of("parcel", rollout),
                        Set.of("parcel"));

        // then
        assertThatThrownBy(() -> route(3, Parcels.sent("p-1"), NOW, lame))
                .isInstanceOf(NotYetException.class)
                .hasMessageContaining("active version of parcel");
    }

    @Test
    void shouldFindOutWhoseActiveVersionCannotRunHere() {
        // given
        definitions.addUnusable("parcel", 3);

        // then
        Listening listens = Listening.to(Parcels.TOPIC, definitions);
        assertThat(listens.lame()).containsExactly("parcel");
        assertThat(version(route(20, Parcels.sent("p-1"), NOW, listens))).isEqualTo(2);
    }

    @Test
    void shouldGiveTheCandidateWhatOnlyItCanRead() {
        // given
        String key = "string(1 / (event.parcelId.size() - 3))";
        List<AppliedDefinition> versions =
                List.of(parcels.keyed("parcel", 1, key), parcels.applied("parcel", 2, 0));

        // then
        assertThat(version(route(3, Parcels.sent("p-1"), NOW, sharing(versions, 100))))
                .isEqualTo(2);
        assertThat(refusal(route(3, Parcels.sent("p-1"), NOW, sharing(versions, 0))))
                .isEqualTo("UNREADABLE");
    }

    private static Listening sharing(List<AppliedDefinition> versions, int percent) {
        Rollout rollout =
                new Rollout(
                        2,
                        List.of(1),
                        Optional.of(new Candidate(2, percent)),
                        Set.of(),
                        Optional.empty(),
                        List.of());
        return new Listening(versions, Map.of("parcel", rollout), Set.of());
    }

    private List<Routed> route(long offset, byte[] value, Instant at) {
        return route(offset, value, at, listening);
    }

    private List<Routed> route(
            long offset, byte[] value, Instant at, List<AppliedDefinition> versions) {
        return route(offset, value, at, new Listening(versions, definitions.rollouts(), Set.of()));
    }

    private List<Routed> route(long offset, byte[] value, Instant at, Listening listening) {
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
                listening,
                PartitionProgress.fresh(listening.definitions()));
    }

    private static int version(List<Routed> routed) {
        return ((Routed.Start) routed.get(0)).trigger().definition().version();
    }

    private static String refusal(List<Routed> routed) {
        return ((Routed.Refused) routed.get(0)).code();
    }
}
