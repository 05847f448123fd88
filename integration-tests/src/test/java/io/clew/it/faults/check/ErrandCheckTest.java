package io.clew.it.faults.check;

import static io.clew.it.faults.check.Made.event;
import static io.clew.it.faults.check.Made.failing;
import static io.clew.it.faults.check.Made.transition;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.load.ClerkBooks.Effect;
import io.clew.it.faults.load.ErrandKind;
import io.clew.it.faults.load.Errands;
import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errands that end otherwise than they may, or do otherwise than they say, are found. */
class ErrandCheckTest {
    private static final String ERRAND = Errands.sagaId("e-1");
    private static final String CHILD = Errands.CHILD + ":0f";
    private static final String PARENT = ERRAND + "/1/parcel/1";

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, SagaStory> stories = new HashMap<>();
    private final Map<String, List<Effect>> books = new HashMap<>();

    @BeforeEach
    void completeBoth() {
        put(ERRAND, transition(1, "COMPLETED", event("SagaCompleted")));
        put(CHILD, started(PARENT), transition(2, "COMPLETED", event("SagaCompleted")));
        books.put(ERRAND, done(Errands.STEPS));
        books.put(CHILD, done(List.of(Errands.PACKED)));
    }

    @Test
    void shouldFindNothingWrongWithWhatCompletedOrWasTakenBackWhole() {
        check(ErrandKind.SLOW);
        takeBackBoth("CARD_DECLINED");
        check(ErrandKind.REFUSED_AT_LAST);
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldFindNothingWrongWithOneThatWasRefusedBeforeItHadAChild() {
        takeBackBoth("CARD_DECLINED");
        stories.remove(CHILD);
        books.remove(CHILD);
        check(ErrandKind.REFUSED_IN_BRANCH);
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "REFUSED_IN_BRANCH", "REFUSED_IN_CHILD", "REFUSED_AT_LAST"})
    void shouldFindOneThatCompletedAndMustNot(ErrandKind kind) {
        check(kind);
        shouldHaveFound(Finding.Kind.WRONG, ERRAND, kind + " ended COMPLETED ");
    }

    @Test
    void shouldFindOneThatWasTakenBackForNothing() {
        takeBackBoth("IN_DOUBT");
        check(ErrandKind.LONG);
        shouldHaveFound(Finding.Kind.WRONG, ERRAND, "LONG ended COMPENSATED IN_DOUBT");
    }

    @Test
    void shouldFindOneThatNeverStartedOrIsStuck() {
        put(ERRAND, transition(1, "RUNNING"));
        check(ErrandKind.PROMPT);
        shouldHaveFound(Finding.Kind.LOST, ERRAND, "it is stuck RUNNING");
        stories.clear();
        check(ErrandKind.PROMPT);
        shouldHaveFound(Finding.Kind.LOST, ERRAND, "it never started");
    }

    @Test
    void shouldFindAChildThatIsStuckThoughItsParentHasEnded() {
        put(CHILD, started(PARENT));
        check(ErrandKind.PROMPT);
        shouldHaveFound(Finding.Kind.LOST, CHILD, "it is stuck RUNNING");
    }

    @Test
    void shouldFindAChildThatEndedOtherwiseThanItsParent() {
        put(CHILD, started(PARENT), transition(2, "COMPENSATED", event("SagaCompensated")));
        books.put(CHILD, List.of());
        check(ErrandKind.PROMPT);
        shouldHaveFound(Finding.Kind.WRONG, CHILD, "it ended COMPENSATED, its parent COMPLETED");
    }

    @Test
    void shouldFindASecondChildOfOneStep() {
        put(CHILD + "1", started(PARENT), transition(2, "COMPLETED", event("SagaCompleted")));
        books.put(CHILD + "1", done(List.of(Errands.PACKED)));
        check(ErrandKind.PROMPT);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).kind()).isEqualTo(Finding.Kind.DOUBLED);
        assertThat(findings.get(0).text()).endsWith("have one parent");
    }

    @Test
    void shouldFindAParentWithoutItsChildAndAChildWithoutItsParent() {
        stories.remove(CHILD);
        check(ErrandKind.PROMPT);
        shouldHaveFound(Finding.Kind.WRONG, ERRAND, "it completed and has no child");
        completeBoth();
        put(CHILD, started(Errands.sagaId("e-2") + "/1/parcel/1"));
        check(ErrandKind.PROMPT);
        assertThat(findings.get(0).text())
                .isEqualTo("its parent errand:e-2/1/parcel/1 is not there");
    }

    @Test
    void shouldFindOneThatNobodyAskedFor() {
        put(Errands.sagaId("e-2"), transition(1, "RUNNING"));
        check(ErrandKind.PROMPT);
        shouldHaveFound(Finding.Kind.WRONG, Errands.sagaId("e-2"), "nobody asked");
    }

    @Test
    void shouldFindAStepThatTookEffectTwice() {
        List<Effect> twice = new ArrayList<>(done(Errands.STEPS));
        twice.add(new Effect(Errands.GOODS, false));
        books.put(ERRAND, twice);
        check(ErrandKind.PROMPT);
        shouldHaveFound(Finding.Kind.DOUBLED, ERRAND, "goods took effect 2 times");
    }

    @Test
    void shouldFindAStepOfACompletedOneThatWasNotDone() {
        books.put(CHILD, List.of());
        check(ErrandKind.PROMPT);
        shouldHaveFound(
                Finding.Kind.WRONG, CHILD, "it ended COMPLETED, and done is [], taken back []");
    }

    @Test
    void shouldFindAStepThatWasDoneAndNotTakenBack() {
        takeBackBoth("CARD_DECLINED");
        books.put(CHILD, done(List.of(Errands.PACKED)));
        check(ErrandKind.REFUSED_AT_LAST);
        shouldHaveFound(
                Finding.Kind.WRONG,
                CHILD,
                "it ended COMPENSATED, and done is [packed], taken back []");
    }

    @Test
    void shouldFindAStepOfACompletedOneThatWasTakenBack() {
        books.put(CHILD, undone(List.of(Errands.PACKED)));
        check(ErrandKind.PROMPT);
        shouldHaveFound(
                Finding.Kind.WRONG,
                CHILD,
                "it ended COMPLETED, and done is [packed], taken back [packed]");
    }

    private void takeBackBoth(String code) {
        put(ERRAND, failing(transition(1, "COMPENSATED", event("SagaCompensated")), code));
        put(CHILD, started(PARENT), transition(2, "COMPENSATED", event("SagaCompensated")));
        books.put(ERRAND, undone(Errands.STEPS.subList(0, 3)));
        books.put(CHILD, undone(List.of(Errands.PACKED)));
    }

    private void check(ErrandKind kind) {
        findings.clear();
        new ErrandCheck(
                        Map.of("e-1", kind),
                        stories,
                        id -> books.getOrDefault(id, List.of()),
                        findings::add)
                .check();
    }

    private void shouldHaveFound(Finding.Kind kind, String sagaId, String text) {
        assertThat(findings).contains(new Finding(kind, sagaId, text));
    }

    private void put(String sagaId, SagaTransition... transitions) {
        SagaStory story = new SagaStory(sagaId);
        for (SagaTransition transition : transitions) {
            story.add(transition, 1_000 * transition.getRevision());
        }
        stories.put(sagaId, story);
    }

    private static SagaTransition started(String parent) {
        return transition(
                1,
                "RUNNING",
                TransitionEvent.newBuilder(event("SagaStarted")).setParent(parent).build());
    }

    private static List<Effect> done(List<String> steps) {
        return steps.stream().map(step -> new Effect(step, false)).toList();
    }

    private static List<Effect> undone(List<String> steps) {
        return Stream.concat(
                        done(steps).stream(),
                        steps.reversed().stream().map(step -> new Effect(step, true)))
                .toList();
    }
}
