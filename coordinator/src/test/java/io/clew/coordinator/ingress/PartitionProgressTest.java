package io.clew.coordinator.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.Parcels;
import io.clew.saga.DefinitionRef;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private static final TopicPartition PARTITION = new TopicPartition(Parcels.TOPIC, 0);

    /** What a broker takes as metadata of an offset. */
    private static final int BROKER_LIMIT = 4096;

    private final Parcels parcels = new Parcels();
    private final AppliedDefinition old = parcels.applied("old", 1, 0);
    private final PartitionProgress running = PartitionProgress.fresh(List.of(old));

    @Test
    void shouldGoBackForADefinitionThatListensFromEarlier() {
        // given
        AppliedDefinition late = parcels.applied("late", 1, 30);

        // when
        PartitionProgress.Next next = running.with(List.of(old, late), PARTITION, 100);

        // then
        assertThat(next.backTo()).contains(30L);
        assertThat(next.progress().gives("late", 30)).isTrue();
        assertThat(next.progress().gives("old", 99)).isFalse();
        assertThat(next.progress().gives("old", 100)).isTrue();
    }

    @Test
    void shouldGoOnForADefinitionThatListensFromLater() {
        // given
        AppliedDefinition ahead = parcels.applied("ahead", 1, 100);

        // when
        PartitionProgress.Next next = running.with(List.of(old, ahead), PARTITION, 100);

        // then
        assertThat(next.backTo()).isEmpty();
        assertThat(next.progress().gives("old", 99)).isTrue();
    }

    @Test
    void shouldGoBackOnce() {
        // given
        AppliedDefinition late = parcels.applied("late", 1, 30);
        PartitionProgress catchingUp = running.with(List.of(old, late), PARTITION, 100).progress();

        // when
        PartitionProgress.Next next = catchingUp.with(List.of(old, late), PARTITION, 50);

        // then
        assertThat(next.backTo()).isEmpty();
        assertThat(next.progress()).isEqualTo(catchingUp);
    }

    @Test
    void shouldForgetWhoCaughtUp() {
        // given
        AppliedDefinition late = parcels.applied("late", 1, 30);
        PartitionProgress catchingUp = running.with(List.of(old, late), PARTITION, 100).progress();

        // when
        PartitionProgress done = catchingUp.at(100);

        // then
        assertThat(done.until()).isZero();
        assertThat(done.names()).isEmpty();
        assertThat(catchingUp.at(99)).isEqualTo(catchingUp);
    }

    @Test
    void shouldSurviveItsText() {
        // given
        PartitionProgress catchingUp =
                running.with(List.of(old, parcels.applied("late", 1, 30)), PARTITION, 100)
                        .progress();

        // when
        PartitionProgress again = PartitionProgress.parse(catchingUp.format());

        // then
        assertThat(again).isEqualTo(catchingUp);
        assertThat(PartitionProgress.parse("")).isEqualTo(PartitionProgress.fresh(List.of()));
    }

    @Test
    void shouldGoOnFromWhatAnEarlierReleaseLeft() {
        // given
        String hash = old.ref().sha256().substring(0, 8);
        PartitionProgress left = PartitionProgress.parse("1;" + hash + ";100;late,other");
        AppliedDefinition fresh = parcels.applied("fresh", 1, 30);

        // when
        PartitionProgress.Next next = left.with(List.of(old, fresh), PARTITION, 50);

        // then
        assertThat(left.format()).isEqualTo("1;" + hash + ";100;late,other");
        assertThat(next.backTo()).contains(30L);
        assertThat(next.progress().names()).containsExactlyInAnyOrder("late", "other", "fresh");
        PartitionProgress again = PartitionProgress.parse(next.progress().format());
        assertThat(again.with(List.of(old, fresh), PARTITION, 60).backTo()).isEmpty();
    }

    @Test
    void shouldFitItsMetadataWithAThousandVersions() {
        // given
        List<AppliedDefinition> all = versions(1000, 0);

        // when
        String fresh = PartitionProgress.fresh(all).format();
        PartitionProgress catchingUp = running.with(all, PARTITION, 100).progress();

        // then
        assertThat(fresh.length()).isLessThan(BROKER_LIMIT);
        assertThat(PartitionProgress.parse(fresh)).isEqualTo(PartitionProgress.fresh(all));
        assertThat(catchingUp.format().length()).isLessThan(BROKER_LIMIT);
        assertThat(all).allMatch(it -> catchingUp.gives(it.ref().name(), 50));
        assertThat(PartitionProgress.parse(catchingUp.format())).isEqualTo(catchingUp);
    }

    @Test
    void shouldFitItsMetadataHoweverManyDefinitionsCome() {
        // given
        PartitionProgress progress = running;
        List<AppliedDefinition> newest = List.of();

        // when
        for (int round = 0; round < 40; round++) {
            newest = versions(1000, round * 1000L);
            progress = progress.with(newest, PARTITION, 0).progress();
        }

        // then
        assertThat(progress.format().length()).isLessThan(BROKER_LIMIT);
        assertThat(progress.with(newest, PARTITION, 100).backTo()).isEmpty();
        assertThat(progress.with(List.of(old), PARTITION, 100).backTo()).isEmpty();
    }

    /** Of names of their own, in a row on the definitions topic. */
    private List<AppliedDefinition> versions(int count, long offset) {
        return LongStream.range(offset, offset + count).mapToObj(this::named).toList();
    }

    private AppliedDefinition named(long offset) {
        String name = "a-definition-of-some-length-" + offset;
        return new AppliedDefinition(
                new DefinitionRef(name, 1, name),
                offset,
                old.appliedAt(),
                old.appliedBy(),
                old.source(),
                old.startOffsets(),
                old.awaitOffsets(),
                old.compiled());
    }
}
