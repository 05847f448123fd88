package io.clew.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.saga.Incident;
import io.clew.saga.Phase;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SagaListsTest {

    private static final SagaFilter ALL = filter(Optional.empty(), Set.of());
    private static final SagaFilter INCIDENTS =
            new SagaFilter(
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Optional.empty(),
                    Optional.empty());

    private final MemoryEngine engine = new MemoryEngine(4);
    private final SagaLists lists =
            new SagaLists(engine, new Peers(new ObjectMapper().findAndRegisterModules()));

    @Test
    void shouldListEverySagaOnceOverAllPages() {
        // given
        List<String> ids = IntStream.range(100, 123).mapToObj(i -> "order:o-" + i).toList();
        ids.forEach(id -> engine.put(Sagas.compensating(id)));

        // when
        List<String> listed = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            SagaPage page = lists.list(ALL, cursor, 5);
            page.sagas().forEach(it -> listed.add(it.sagaId()));
            assertThat(page.complete()).isTrue();
            assertThat(page.sagas()).hasSizeLessThanOrEqualTo(5);
            cursor = page.cursor();
        } while (cursor.isPresent());

        // then
        assertThat(listed).containsExactlyElementsOf(ids);
    }

    @Test
    void shouldReadNoMoreSagasThanItShows() {
        // given
        IntStream.range(100, 400).forEach(i -> engine.put(Sagas.compensating("order:o-" + i)));

        // when
        SagaPage first = lists.list(ALL, Optional.empty(), 5);
        SagaPage second = lists.list(ALL, first.cursor(), 5);

        // then
        assertThat(second.sagas())
                .extracting(SagaSummary::sagaId)
                .containsExactly(
                        "order:o-105", "order:o-106", "order:o-107", "order:o-108", "order:o-109");
        assertThat(engine.reads()).isEqualTo(10);
    }

    @Test
    void shouldStopWhenItHasLookedAtEnough() {
        // given
        IntStream.range(0, 25_000).forEach(i -> engine.put(Sagas.compensating("order:o-" + i)));
        SagaFilter rare = filter(Optional.of("order"), Set.of(Phase.COMPENSATED));
        engine.put(Sagas.compensated("order:o-99999"));

        // when
        SagaPage first = lists.list(rare, Optional.empty(), 5);
        SagaPage second = lists.list(rare, first.cursor(), 5);

        // then
        assertThat(first.sagas()).isEmpty();
        assertThat(second.sagas()).extracting(SagaSummary::sagaId).containsExactly("order:o-99999");
        assertThat(second.cursor()).isEmpty();
    }

    @Test
    void shouldShowOnlyWhatTheFilterAsksFor() {
        // given
        engine.put(Sagas.compensating("order:o-1"));
        engine.put(Sagas.compensated("order:o-2"));
        engine.put(Sagas.compensated("parcel:o-2"));

        // when
        SagaPage page =
                lists.list(
                        filter(Optional.of("order"), Set.of(Phase.COMPENSATED)),
                        Optional.empty(),
                        50);

        // then
        assertThat(page.sagas()).extracting(SagaSummary::sagaId).containsExactly("order:o-2");
        assertThat(page.cursor()).isEmpty();
    }

    @Test
    void shouldListAnIncidentNotedBesideItsSaga() {
        // given
        engine.put(Sagas.stuck("order:o-1"));
        engine.put(Sagas.compensating("order:o-2"));
        engine.note(
                "order:o-3",
                new Incident(Incident.Code.INPUT_FAULT, "retry it", "", Sagas.STARTED));

        // when
        SagaPage page = lists.list(INCIDENTS, Optional.empty(), 50);

        // then
        assertThat(page.sagas())
                .extracting(SagaSummary::sagaId, it -> it.incident().orElseThrow().code())
                .containsExactly(
                        tuple("order:o-1", "COMPENSATION_SPENT"),
                        tuple("order:o-3", "INPUT_FAULT"));
        assertThat(page.sagas().get(1).phase()).isEqualTo("HELD");
    }

    @Test
    void shouldListTheOthersWhenOneRowCannotBeRead() {
        // given
        engine.put(Sagas.compensating("order:o-1"));
        engine.putUnreadable("order:o-2", "format 9");
        engine.put(Sagas.compensating("order:o-3"));

        // when
        SagaPage page = lists.list(ALL, Optional.empty(), 50);

        // then
        assertThat(page.complete()).isTrue();
        assertThat(page.sagas())
                .extracting(SagaSummary::sagaId, SagaSummary::unreadable)
                .containsExactly(
                        tuple("order:o-1", Optional.empty()),
                        tuple("order:o-2", Optional.of("format 9")),
                        tuple("order:o-3", Optional.empty()));
    }

    @Test
    void shouldMarkAPageIncompleteAndAskAgainWhenAPartitionHasNoOwner() {
        // given
        engine.put(Sagas.compensating("order:o-0"));
        engine.put(Sagas.compensating("order:o-1"));
        engine.hasNoOwner(1);

        // when
        SagaPage partial = lists.list(ALL, Optional.empty(), 50);
        MemoryEngine whole = new MemoryEngine(4);
        whole.put(Sagas.compensating("order:o-1"));
        SagaPage rest =
                new SagaLists(whole, new Peers(new ObjectMapper().findAndRegisterModules()))
                        .list(ALL, partial.cursor(), 50);

        // then
        assertThat(partial.complete()).isFalse();
        assertThat(partial.sagas()).extracting(SagaSummary::sagaId).containsExactly("order:o-0");
        assertThat(rest.sagas()).extracting(SagaSummary::sagaId).containsExactly("order:o-1");
        assertThat(rest.cursor()).isEmpty();
    }

    @Test
    void shouldRefuseACursorThatIsNone() {
        assertThatThrownBy(() -> lists.list(ALL, Optional.of("bm9uZQ"), 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("older version");
    }

    @Test
    void shouldLetACopyAnswerForAnOwnerThatDoesNot() {
        // given
        engine.put(Sagas.compensating("order:o-0"));
        engine.put(Sagas.compensating("order:o-1"));
        engine.put(Sagas.compensating("order:o-2"));
        engine.isElsewhere(1, URI.create("http://127.0.0.1:1"));
        engine.keepsACopyOf(1);
        engine.hasNoOwner(2);

        // when
        SagaPage page = lists.list(ALL, Optional.empty(), 50);

        // then
        assertThat(page.sagas())
                .extracting(SagaSummary::sagaId)
                .containsExactly("order:o-0", "order:o-1");
        assertThat(page.standby()).isTrue();
        assertThat(page.complete()).isFalse();
    }

    @Test
    void shouldAskOnlyThePartitionOfTheSagaWhenItsKeyIsKnown() {
        // given
        engine.put(Sagas.compensating("order:o-0"));
        engine.put(Sagas.compensating("order:o-1"));
        engine.hasNoOwner(2);
        SagaFilter one =
                new SagaFilter(
                        Optional.of("order"),
                        Set.of(),
                        Optional.of("o-1"),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty());

        // when
        SagaPage page = lists.list(one, Optional.empty(), 50);

        // then
        assertThat(page.sagas()).extracting(SagaSummary::sagaId).containsExactly("order:o-1");
        assertThat(page.complete()).isTrue();
        assertThat(page.standby()).isFalse();
    }

    @Test
    void shouldRefuseACursorOfAnotherList() {
        // given
        engine.put(Sagas.stuck("order:o-1"));
        engine.put(Sagas.stuck("order:o-5"));
        Optional<String> cursor = lists.list(ALL, Optional.empty(), 1).cursor();

        assertThat(cursor).isPresent();
        assertThatThrownBy(() -> lists.list(INCIDENTS, cursor, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other filters");
    }

    private static SagaFilter filter(Optional<String> definition, Set<Phase> phases) {
        return new SagaFilter(
                definition,
                phases,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
