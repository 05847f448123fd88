package io.clew.it.faults.check;

import static io.clew.it.faults.check.Made.decided;
import static io.clew.it.faults.check.Made.event;
import static io.clew.it.faults.check.Made.rejecting;
import static io.clew.it.faults.check.Made.story;
import static io.clew.it.faults.check.Made.takesBack;
import static io.clew.it.faults.check.Made.tookBack;
import static io.clew.it.faults.check.Made.transition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be in a story is found in it. */
class SagaStoryTest {
    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "revision 1 is followed by 3",
                        story(transition(1, "RUNNING"), transition(3, "RUNNING"))),
                Arguments.of(
                        "revision 1 is followed by 1",
                        story(transition(1, "RUNNING"), transition(1, "RUNNING"))),
                Arguments.of(
                        "it ended COMPLETED and went on, revision 2",
                        story(
                                transition(1, "COMPLETED", event("SagaCompleted")),
                                transition(2, "COMPENSATED", event("SagaCompensated")))),
                Arguments.of(
                        "it ended COMPLETED and went on, revision 2",
                        story(
                                transition(1, "COMPLETED", event("SagaCompleted")),
                                transition(2, "COMPLETED", event("SagaCompleted")))),
                Arguments.of(
                        "it ended COMPLETED and went on, revision 2",
                        story(
                                transition(1, "COMPLETED", event("SagaCompleted")),
                                transition(2, "COMPLETED", decided("confirmOrder")))),
                Arguments.of(
                        "a rejection has revision 2",
                        story(transition(1, "RUNNING"), rejecting(transition(2, "RUNNING")))),
                Arguments.of(
                        "a rejection has events, revision 1",
                        story(
                                transition(1, "RUNNING"),
                                rejecting(transition(1, "RUNNING", decided("createOrder"))))),
                Arguments.of(
                        "it takes back Action[step=createOrder, execution=1] but owes"
                                + " [Action[step=createOrder, execution=1],"
                                + " Action[step=chargePayment, execution=1]], revision 3",
                        story(
                                transition(1, "RUNNING", decided("createOrder")),
                                transition(2, "RUNNING", decided("chargePayment")),
                                transition(3, "COMPENSATING", takesBack("createOrder")))),
                Arguments.of(
                        "it takes back Action[step=createOrder, execution=1] but owes [],"
                                + " revision 3",
                        story(
                                transition(1, "RUNNING", decided("createOrder")),
                                transition(2, "COMPENSATING", tookBack("createOrder")),
                                transition(3, "COMPENSATING", takesBack("createOrder")))),
                Arguments.of(
                        "it ended compensated and owes"
                                + " [Action[step=createOrder, execution=1]], revision 2",
                        story(
                                transition(1, "RUNNING", decided("createOrder")),
                                transition(2, "COMPENSATED", event("SagaCompensated")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void shouldFindWhatCannotBe(String expected, SagaStory story) {
        assertThat(story.faults()).containsExactly(expected);
    }

    @Test
    void shouldFindNothingInStoriesThatAreAsTheyMustBe() {
        assertThat(Made.completed().faults()).isEmpty();
        assertThat(Made.compensated().faults()).isEmpty();
        assertThat(Made.compensated().code()).isEqualTo("CARD_DECLINED");
    }
}
