package io.clew.coordinator.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.DefinitionRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionBookTest {

    private final DefinitionBook book = new DefinitionBook();
    private final AppliedDefinition first = new Parcels().applied("parcel", 1, 0);

    @Test
    void shouldKeepTheLowestOffsetOfAVersion() {
        // given
        book.add(first, true);

        // when
        boolean taken = book.addUnusable(new DefinitionRef("parcel", 1, "other"), 9, "late", true);

        // then
        assertThat(taken).isFalse();
        assertThat(book.find(first.ref())).contains(first);
        assertThat(book.find(new DefinitionRef("parcel", 1, "other"))).isEmpty();
    }

    @Test
    void shouldKeepAVersionTakenThatCannotRunHere() {
        // given
        book.addUnusable(first.ref(), 0, "needs a newer release", true);

        // when
        boolean added = book.add(first, true);

        // then
        assertThat(added).isFalse();
        assertThat(book.taken("parcel", 1)).contains(first.ref().sha256());
        assertThat(book.versions("parcel")).isEmpty();
        assertThat(book.faults()).containsExactly("parcel:1: needs a newer release");
    }

    /** Who asks for every event knows by it that there is nothing new. */
    @Test
    void shouldGiveTheSameListUntilAnotherVersionComes() {
        // given
        book.add(first, true);
        List<AppliedDefinition> before = book.all();

        // then
        assertThat(book.all()).isSameAs(before);

        // and when
        AppliedDefinition second = new Parcels().applied("parcel", 2, 0);
        book.add(second, true);

        // then
        assertThat(before).containsExactly(first);
        assertThat(book.all()).containsExactly(second, first);
    }

    @Test
    void shouldGiveAnotherListWhenARolloutComes() {
        // given
        book.add(first, true);
        List<AppliedDefinition> before = book.all();

        // when
        book.wish("parcel", RolloutTest.wish("a", 1, null), 1);

        // then
        assertThat(book.all()).isNotSameAs(before).containsExactly(first);
    }

    @Test
    void shouldNameTheHighestVersionFirst() {
        // given
        AppliedDefinition second = new Parcels().applied("parcel", 2, 0);

        // when
        book.add(second, true);
        book.add(first, true);

        // then
        assertThat(book.versions("parcel")).containsExactly(second, first);
    }

    @Test
    void shouldLeaveNewSagasToTheVersionBeforeWhenOneIsNotActivated() {
        // given
        book.add(first, true);

        // when
        book.add(new Parcels().applied("parcel", 2, 0), false);

        // then
        assertThat(book.rollout("parcel").active()).contains(1);
        assertThat(book.versions("parcel")).hasSize(2);
    }

    @Test
    void shouldLeaveNewSagasToTheVersionBeforeWhereTheActiveOneCannotRun() {
        // given
        book.add(first, true);

        // when
        book.addUnusable(new DefinitionRef("parcel", 2, "other"), 9, "needs a newer release", true);

        // then
        Rollout rollout = book.rollout("parcel");
        assertThat(rollout.active()).contains(2);
        assertThat(rollout.revision()).isEqualTo(9);
        assertThat(Intake.now(book.versions("parcel"), rollout).map(Intake::active))
                .contains(first);
    }
}
