package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutPublisherTest {
    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final RolloutPublisher publisher = new RolloutPublisher(definitions, definitions);

    @BeforeEach
    void apply() {
        for (int version = 1; version <= 3; version++) {
            definitions.add(parcels.applied("parcel", version, 0));
        }
    }

    @Test
    void shouldRollOutAndWriteNothingWhenItIsSoAlready() {
        // when
        RolloutResult result = put(RolloutTest.wish("a", 1, new Candidate(2, 10), 3));
        long revision = definitions.rollout("parcel").revision();
        RolloutResult same = put(RolloutTest.wish("b", 1, new Candidate(2, 10), 3));

        // then
        assertThat(result).isEqualTo(new RolloutResult.Stands(definitions.rollout("parcel")));
        assertThat(same).isEqualTo(result);
        assertThat(definitions.rollout("parcel").revision()).isEqualTo(revision);
        assertThat(definitions.rollout("parcel").share(1)).isEqualTo(90);
    }

    @Test
    void shouldAnswerARepeatByWhatStandsNow() {
        // given
        Rollout.Wish first = RolloutTest.wish("a", 1, null);
        put(first);
        put(RolloutTest.wish("b", 2, null));

        // when
        RolloutResult repeated = put(first);

        // then
        assertThat(repeated).isEqualTo(new RolloutResult.Stands(definitions.rollout("parcel")));
        assertThat(definitions.rollout("parcel").active()).contains(2);
    }

    @Test
    void shouldSayWhenSomebodyElseWasFirst() {
        // given
        long revision = definitions.rollout("parcel").revision();
        RolloutPublisher overtaken =
                new RolloutPublisher(
                        record -> {
                            put(RolloutTest.wish("first", 2, null));
                            return definitions.append(record);
                        },
                        definitions);

        // when
        RolloutResult late = overtaken.put("parcel", on(revision, RolloutTest.wish("a", 1, null)));
        RolloutResult later = put(on(revision, RolloutTest.wish("b", 1, null)));

        // then
        assertThat(late).isInstanceOf(RolloutResult.Overtaken.class);
        assertThat(later).isInstanceOf(RolloutResult.Overtaken.class);
        assertThat(definitions.rollout("parcel").active()).contains(2);
    }

    private static Rollout.Wish on(long revision, Rollout.Wish wish) {
        return new Rollout.Wish(
                wish.active(),
                wish.candidate(),
                wish.retired(),
                Optional.of(revision),
                wish.change());
    }

    @Test
    void shouldRefuseWhatCannotBeAndSayWhatToDo() {
        assertThat(faults(RolloutTest.wish("a", 7, null)))
                .singleElement()
                .asString()
                .contains("version 7 is not applied", "PUT it under /definitions/parcel/");
        assertThat(faults(RolloutTest.wish("a", 3, null, 3)))
                .singleElement()
                .asString()
                .contains("active: version 3 is to be retired");
        assertThat(faults(RolloutTest.wish("a", null, null, 1)))
                .singleElement()
                .asString()
                .contains("[2, 3] are not retired");
        assertThat(faults(RolloutTest.wish("a", null, new Candidate(2, 5), 1, 3))).hasSize(2);
        assertThat(faults(RolloutTest.wish("a", 3, new Candidate(3, 5))))
                .singleElement()
                .asString()
                .contains("is active already");
        assertThat(faults(RolloutTest.wish("a", 3, new Candidate(2, 5), 2, 9))).hasSize(2);
    }

    @Test
    void shouldRefuseToShareWhatDoesNotStartBoth() {
        // given
        definitions.add(parcels.keyed("parcel", 4, "event.parcelId + '-4'"));

        // then
        assertThat(faults(RolloutTest.wish("a", 3, new Candidate(4, 5))))
                .anyMatch(it -> it.startsWith("candidate:") && it.contains("another topic, event"));
    }

    @Test
    void shouldRefuseToActivateWhatOtherEventsStart() {
        // given
        definitions.add(parcels.keyed("parcel", 4, "event.parcelId + '-4'"));

        // then
        assertThat(faults(RolloutTest.wish("a", 3, null)))
                .singleElement()
                .asString()
                .contains("active: version 3 has another topic, event or key");
    }

    @Test
    void shouldNotKnowADefinitionThatIsNotApplied() {
        assertThat(publisher.put("other", RolloutTest.wish("a", 1, null)))
                .isInstanceOf(RolloutResult.Unknown.class);
    }

    @Test
    void shouldSayThatItMayWorkLaterWhenTheBrokerIsAway() {
        // given
        RolloutPublisher cut =
                new RolloutPublisher(
                        record -> {
                            throw new KafkaException("no broker");
                        },
                        definitions);

        // then
        assertThat(cut.put("parcel", RolloutTest.wish("a", 1, null)))
                .isEqualTo(new RolloutResult.Unavailable("no broker"));
    }

    private RolloutResult put(Rollout.Wish wish) {
        return publisher.put("parcel", wish);
    }

    private List<String> faults(Rollout.Wish wish) {
        return ((RolloutResult.Refused) put(wish)).faults();
    }
}
