package io.clew.it.faults.check;

import static io.clew.it.faults.check.Made.SAGA;
import static io.clew.it.faults.check.Made.asked;
import static io.clew.it.faults.check.Made.event;
import static io.clew.it.faults.check.Made.story;
import static io.clew.it.faults.check.Made.transition;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.load.Liar;
import io.clew.it.faults.load.OrderKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sagas that do not fit what was asked for are found. */
class SagaCheckTest {
    private final List<Finding> findings = new ArrayList<>();

    static Stream<Arguments> wrong() {
        SagaStory open = story(transition(1, "RUNNING"));
        SagaStory abandoned = story(transition(1, "ABANDONED", event("SagaAbandoned")));
        SagaStory gap = story(transition(2, "COMPLETED"));
        return Stream.of(
                Arguments.of(OrderKind.GOOD, List.of(), Finding.Kind.LOST, "it never started"),
                Arguments.of(
                        OrderKind.GOOD, List.of(open), Finding.Kind.LOST, "it is stuck RUNNING"),
                Arguments.of(
                        OrderKind.GOOD,
                        List.of(Made.compensated()),
                        Finding.Kind.WRONG,
                        "GOOD ended COMPENSATED CARD_DECLINED"),
                Arguments.of(
                        OrderKind.DECLINED,
                        List.of(Made.completed()),
                        Finding.Kind.WRONG,
                        "DECLINED ended COMPLETED "),
                Arguments.of(
                        OrderKind.NO_FUNDS,
                        List.of(Made.compensated()),
                        Finding.Kind.WRONG,
                        "NO_FUNDS ended COMPENSATED CARD_DECLINED"),
                Arguments.of(
                        OrderKind.GOOD,
                        List.of(abandoned),
                        Finding.Kind.WRONG,
                        "GOOD ended ABANDONED "),
                Arguments.of(
                        OrderKind.GOOD,
                        List.of(gap),
                        Finding.Kind.WRONG,
                        "revision 0 is followed by 2"));
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("wrong")
    void shouldFindWhatDoesNotFit(
            OrderKind kind, List<SagaStory> stories, Finding.Kind expected, String text) {
        // when
        check(kind, stories);

        // then
        assertThat(findings).containsExactly(new Finding(expected, SAGA, text));
    }

    @Test
    void shouldFindSagasNobodyAskedFor() {
        // given
        Map<String, SagaStory> stories =
                Map.of(SAGA, Made.completed(), "order-fulfilment:other", new SagaStory("other"));

        // when
        new SagaCheck(asked(OrderKind.GOOD), stories, findings::add).check();

        // then
        assertThat(findings)
                .containsExactly(
                        new Finding(Finding.Kind.WRONG, "order-fulfilment:other", "nobody asked"));
    }

    @Test
    void shouldFindDeadLettersTooManyAndTooFew() {
        // given
        SagaCheck check = new SagaCheck(Map.of(), Map.of(), findings::add);
        String lie = Liar.NOBODY + "1";

        // when
        check.deadLetters(Set.of(), 1);
        check.deadLetters(Set.of(lie, SAGA), 1);
        check.deadLetters(Set.of(SAGA), 1);
        check.deadLetters(Set.of(lie), 1);

        // then
        assertThat(findings)
                .extracting(Finding::text)
                .containsExactly(
                        "0, of them 0 for sagas that are not there, of 1 sent",
                        "2, of them 1 for sagas that are not there, of 1 sent",
                        "1, of them 0 for sagas that are not there, of 1 sent");
    }

    @Test
    void shouldFindCoordinatorsThatAnswerOtherThanTheLog() {
        // given
        SagaCheck check = new SagaCheck(Map.of(), Map.of(), findings::add);
        SagaStory story = Made.completed();

        // when
        check.status("c-1", story, new SagaCheck.Status(200, "RUNNING", 5));
        check.status("c-1", story, new SagaCheck.Status(200, "COMPLETED", 4));
        check.status("c-1", story, new SagaCheck.Status(404, "", 0));
        check.status("c-1", story, new SagaCheck.Status(200, "COMPLETED", 5));

        // then
        assertThat(findings).hasSize(3).allMatch(it -> it.kind() == Finding.Kind.WRONG);
    }

    @Test
    void shouldFindNothingWhereAllFits() {
        // when
        check(OrderKind.GOOD, List.of(Made.completed()));
        check(OrderKind.DECLINED, List.of(Made.compensated()));
        check(OrderKind.GOOD, List.of(story(transition(1, "HELD", event("IncidentRaised")))));

        // then
        assertThat(findings).isEmpty();
    }

    private void check(OrderKind kind, List<SagaStory> stories) {
        Map<String, SagaStory> byId = new HashMap<>();
        stories.forEach(story -> byId.put(story.sagaId(), story));
        new SagaCheck(asked(kind), byId, findings::add).check();
    }
}
