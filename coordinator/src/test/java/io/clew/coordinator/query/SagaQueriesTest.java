package io.clew.coordinator.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.avro.AvroFrame;
import io.clew.coordinator.definitions.MemoryDefinitions;
import io.clew.coordinator.definitions.Parcels;
import io.clew.saga.Bytes;
import io.clew.saga.Incident;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SagaQueriesTest {
    private static final int LOOKS = 100;

    private static final SagaId SAGA = new SagaId("order:o-1");

    private final MemoryEngine engine = new MemoryEngine(4);
    private final SagaWatch watch = new SagaWatch();
    private final SagaQueries queries =
            new SagaQueries(
                    engine,
                    ref -> Optional.empty(),
                    new ResultReader(new MemoryDefinitions(new Parcels().language())),
                    watch);

    @Test
    void shouldSayNotFoundOnlyAsALiveOwner() {
        // when
        Answer<SagaStatus> live = queries.status(SAGA, false);
        engine.reads(new EngineView.Source(true, false, 0));
        Answer<SagaStatus> zombie = queries.status(SAGA, false);
        engine.reads(new EngineView.Source(false, false, 3));
        Answer<SagaStatus> standby = queries.status(SAGA, true);

        // then
        assertThat(live).isInstanceOf(Answer.NotFound.class);
        assertThat(zombie).isInstanceOf(Answer.NotReady.class);
        assertThat(standby).isInstanceOf(Answer.NotReady.class);
    }

    @Test
    void shouldNameTheOwnerButNotToAnotherInstance() {
        // given
        engine.isElsewhere(1, URI.create("http://127.0.0.1:1"));
        engine.put(Sagas.compensating(SAGA.value()));
        engine.reads(new EngineView.Source(false, false, 3));

        // when
        Answer<SagaStatus> asked = queries.status(SAGA, false);
        Answer<SagaStatus> forwarded = queries.status(SAGA, true);

        // then
        assertThat(asked)
                .isEqualTo(new Answer.OnOtherNode<>(List.of(URI.create("http://127.0.0.1:1"))));
        assertThat(forwarded)
                .isInstanceOfSatisfying(
                        Answer.Found.class,
                        it ->
                                assertThat(((SagaStatus) it.value()).source())
                                        .isEqualTo(new SagaStatus.SourceView(true, 3)));
    }

    @Test
    void shouldAnswerAsSoonAsTheSagaHasEnded() {
        // given
        engine.put(Sagas.compensating(SAGA.value()));
        CompletableFuture<Answer<SagaStatus>> waiting =
                CompletableFuture.supplyAsync(
                        () -> queries.awaitEnd(SAGA, false, Duration.ofSeconds(20)));

        // when
        engine.put(Sagas.compensated(SAGA.value()));
        watch.moved(SAGA, true);

        // then
        assertThat(waiting)
                .succeedsWithin(Duration.ofSeconds(10))
                .isInstanceOfSatisfying(
                        Answer.Found.class,
                        it ->
                                assertThat(((SagaStatus) it.value()).phase())
                                        .isEqualTo("COMPENSATED"));
    }

    @Test
    void shouldLookAtMovesOnlyForWhoWaitsForThem() {
        // given
        AtomicInteger looksForEnd = new AtomicInteger();
        CompletableFuture<Boolean> end = waits(SagaWatch.For.END, looksForEnd);
        CompletableFuture<Boolean> move = waits(SagaWatch.For.MOVE, new AtomicInteger());

        // when
        while (!move.isDone()) {
            watch.moved(SAGA, false);
        }

        // then
        assertThat(looksForEnd).hasValueLessThan(LOOKS);
        while (!end.isDone()) {
            watch.moved(SAGA, true);
        }
        assertThat(end).isCompletedWithValue(true);
    }

    /** Done after more looks than there would be by the clock. */
    private CompletableFuture<Boolean> waits(SagaWatch.For what, AtomicInteger looks) {
        return CompletableFuture.supplyAsync(
                () ->
                        watch.await(
                                SAGA,
                                what,
                                Duration.ofSeconds(20),
                                () -> looks.incrementAndGet() >= LOOKS,
                                () -> false));
    }

    @Test
    void shouldReadNothingWhileNothingCanHaveEndedUnseen() {
        // given
        engine.put(Sagas.compensating(SAGA.value()));

        // when
        var answer = queries.awaitEnd(SAGA, false, Duration.ofMillis(1200));

        // then
        assertThat(answer).isInstanceOf(Answer.Found.class);
        assertThat(engine.reads()).isEqualTo(2);
    }

    @Test
    void shouldNoticeThatItsSagaIsProcessedElsewhereByNow() {
        // given
        URI other = URI.create("http://127.0.0.1:1");
        engine.put(Sagas.compensating(SAGA.value()));
        CompletableFuture<Answer<SagaStatus>> waiting =
                CompletableFuture.supplyAsync(
                        () -> queries.awaitEnd(SAGA, false, Duration.ofSeconds(20)));

        // when
        engine.isElsewhere(engine.partition(SAGA), other);

        // then
        assertThat(waiting)
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(new Answer.OnOtherNode<>(List.of(other)));
    }

    @Test
    void shouldKnowAnOutcomeThatCameBeforeItWasAskedFor() {
        // given
        watch.intervened(1, 7, Optional.of(Rejection.NOT_ALLOWED));
        watch.intervened(1, 8, Optional.empty());

        // then
        assertThat(watch.awaitOutcome(1, 7, Duration.ofSeconds(1)))
                .isEqualTo(new SagaWatch.Outcome.Rejected(Rejection.NOT_ALLOWED));
        assertThat(watch.awaitOutcome(1, 8, Duration.ofSeconds(1)))
                .isEqualTo(new SagaWatch.Outcome.Applied());
        assertThat(watch.awaitOutcome(1, 9, Duration.ofMillis(1)))
                .isEqualTo(new SagaWatch.Outcome.Unknown());
    }

    @Test
    void shouldFindTheSameSagaWhenItsStartIsRepeated() {
        // given
        engine.put(Sagas.startedBy(SAGA.value(), event(1, "a")));

        // then
        assertThat(queries.taken(SAGA, event(1, "a")))
                .isInstanceOfSatisfying(
                        SagaQueries.Taken.ByTheSame.class,
                        it -> assertThat(it.status().sagaId()).isEqualTo(SAGA.value()));
        assertThat(queries.taken(SAGA, event(2, "a and a field more")))
                .isInstanceOf(SagaQueries.Taken.ByTheSame.class);
        assertThat(queries.taken(SAGA, event(1, "b"))).isEqualTo(new SagaQueries.Taken.ByAnother());
        assertThat(queries.taken(new SagaId("order:o-2"), event(1, "a")))
                .isEqualTo(new SagaQueries.Taken.Free());
    }

    @Test
    void shouldFindASagaAgainWhoseStartIsStuckUnderAnIncident() {
        // given
        engine.note(
                SAGA.value(),
                new Incident(Incident.Code.INPUT_FAULT, "retry it", "", Sagas.STARTED));

        // then
        assertThat(queries.taken(SAGA, event(1, "a")))
                .isInstanceOfSatisfying(
                        SagaQueries.Taken.ByTheSame.class,
                        it -> assertThat(it.status().phase()).isEqualTo("HELD"));
    }

    private static Bytes event(int schemaId, String text) {
        return Bytes.wrap(AvroFrame.frame(schemaId, text.getBytes(UTF_8)));
    }
}
