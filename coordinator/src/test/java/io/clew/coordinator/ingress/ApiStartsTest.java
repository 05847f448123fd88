package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.coordinator.definitions.Candidate;
import io.clew.coordinator.definitions.MemoryDefinitions;
import io.clew.coordinator.definitions.Parcels;
import io.clew.coordinator.definitions.Rollout;
import io.clew.coordinator.ingress.ApiStarts.Prepared;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which version takes a saga that is started without its topic. */
class ApiStartsTest {
    private final ObjectMapper json = new ObjectMapper();
    private final Parcels parcels = new Parcels();
    private final MemoryDefinitions definitions = new MemoryDefinitions(parcels.language());
    private final SeenInbox seen = new SeenInbox();
    private final MemoryInbox inbox = new MemoryInbox();
    private final Admission admission =
            new Admission(
                    seen, () -> 0, new Admission.Limits(Duration.ofMillis(250), 100_000, 1000));
    private final ApiStarts starts =
            new ApiStarts(
                    definitions,
                    new Stamp(Optional.empty(), Stamp.DEFAULT_MAX_EVENT_BYTES),
                    inbox,
                    admission);

    @BeforeEach
    void apply() {
        definitions.add(parcels.applied("parcel", 1, 0));
        definitions.add(parcels.applied("parcel", 2, 0));
    }

    @Test
    void shouldFollowTheActiveVersionWhateverItsTopicHolds() {
        assertThat(version("p-1")).isEqualTo(2);
    }

    @Test
    void shouldGiveTheCandidateItsShareByTheKey() {
        // given
        roll(Optional.of(1), Optional.of(new Candidate(2, 40)), Set.of());

        // when
        List<Integer> once = IntStream.range(0, 100).mapToObj(it -> version("p-" + it)).toList();
        List<Integer> twice = IntStream.range(0, 100).mapToObj(it -> version("p-" + it)).toList();

        // then
        assertThat(once).filteredOn(it -> it == 2).hasSizeBetween(25, 55);
        assertThat(twice).isEqualTo(once);
    }

    @Test
    void shouldBeHeldBackWhileTooMuchWaits() {
        // given
        for (long i = 0; i <= Admission.FEW; i++) {
            assertThat(begin("p-" + i)).isInstanceOf(ApiStarts.Begun.OnInbox.class);
        }

        // when
        ApiStarts.Begun held = begin("late");
        seen.look(0, 0);
        ApiStarts.Begun again = begin("again");

        // then
        assertThat(held)
                .isEqualTo(
                        new ApiStarts.Begun.HeldBack(
                                "1,001 records wait on the inbox, held back above 1,000"));
        assertThat(again).isInstanceOf(ApiStarts.Begun.OnInbox.class);
        assertThat(inbox.started()).contains("parcel:again").doesNotContain("parcel:late");
    }

    @Test
    void shouldSayThatItMayWorkLaterWhenTheActiveVersionCannotRunHere() {
        // given
        definitions.addUnusable("parcel", 3);
        roll(Optional.of(3), Optional.empty(), Set.of(1, 2));

        // then
        assertThat(prepare("p-1"))
                .isInstanceOfSatisfying(
                        Prepared.Unavailable.class,
                        it -> assertThat(it.reason()).contains("active version 3 of parcel"));
    }

    @Test
    void shouldStartNothingWhenAllVersionsAreRetired() {
        // given
        roll(Optional.empty(), Optional.empty(), Set.of(1, 2));

        // then
        assertThat(prepare("p-1")).isInstanceOf(Prepared.NoActiveVersion.class);
    }

    @Test
    void shouldListTheFaultsOfTheActiveVersionWhenNoneCanReadIt() throws Exception {
        // given
        roll(Optional.of(1), Optional.of(new Candidate(2, 40)), Set.of());

        // then
        assertThat(starts.prepare("parcel", json.readTree("{}"), Optional.empty()))
                .isInstanceOf(Prepared.Faulty.class);
        assertThat(starts.prepare("other", json.readTree("{}"), Optional.empty()))
                .isInstanceOf(Prepared.UnknownDefinition.class);
    }

    private int version(String parcelId) {
        return ((Prepared.Ready) prepare(parcelId)).trigger().definition().version();
    }

    private ApiStarts.Begun begin(String parcelId) {
        return starts.begin((Prepared.Ready) prepare(parcelId));
    }

    private Prepared prepare(String parcelId) {
        String event = "{\"parcelId\": \"" + parcelId + "\", \"weight\": \"1.50\"}";
        try {
            return starts.prepare("parcel", json.readTree(event), Optional.empty());
        } catch (JsonProcessingException bad) {
            throw new AssertionError(bad);
        }
    }

    private void roll(
            Optional<Integer> active, Optional<Candidate> candidate, Set<Integer> retired) {
        definitions.wish(
                "parcel",
                new Rollout.Wish(
                        active,
                        candidate,
                        retired,
                        Optional.empty(),
                        new Rollout.Change("op-1", Instant.EPOCH, "ada", "")));
    }
}
