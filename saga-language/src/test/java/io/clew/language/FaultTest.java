package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** One thing broken in the order saga is one fault, at its place and with its remedy. */
class FaultTest {

    private final Fixtures registry = Fixtures.ofOrders();

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvFileSource(
            resources = "/faults.csv",
            delimiter = '|',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = true)
    void shouldNameOneFault(String from, String to, String at, String message, String remedy) {
        // given
        String source = Fixtures.orderSaga();
        String broken = source.replace(lines(from), lines(to == null ? "" : to));
        assertThat(broken).isNotEqualTo(source);

        // when
        List<Fault> faults = registry.refused(broken);

        // then
        assertThat(faults).hasSize(1);
        Fault fault = faults.get(0);
        assertThat((fault.line() + ":" + fault.column() + " " + fault.path()).strip())
                .isEqualTo(at);
        assertThat(fault.message()).contains(message);
        assertThat(fault.remedy()).contains(remedy);
        assertThat(fault.severity()).isEqualTo(Fault.Severity.ERROR);
    }

    @Test
    void shouldListFiveFaultsByPlace() {
        // given
        String source =
                Fixtures.orderSaga()
                        .replace("deadline: 30m", "deadlin: 30m")
                        .replace("index: { customerId: ev", "index: { customerId: evnt")
                        .replace("amount: event.totalAmount", "amount: event.orderId")
                        .replace("attempts: 5", "attempts: none")
                        .replace("step: confirmOrder", "step: createOrder");

        // when
        List<Fault> faults = registry.refused(source);

        // then
        assertThat(faults)
                .extracting(Fault::path)
                .containsExactly(
                        "deadlin",
                        "index.customerId",
                        "steps[1].action.with.amount",
                        "steps[1].retry.attempts",
                        "steps[3].step");
        assertThat(faults).extracting(Fault::line).isSorted();
    }

    @Test
    void shouldNameEveryMissingSchemaAtOnce() {
        // when
        List<Fault> faults = Fixtures.empty().refused(Fixtures.orderSaga());

        // then
        assertThat(faults).hasSize(9);
        assertThat(faults).allMatch(fault -> fault.message().contains("there is no subject"));
    }

    @Test
    void shouldRefuseAGivenUpStepThatCannotBeTakenBack() {
        // given
        String source =
                Fixtures.orderSaga()
                        .replace("    kind: retriable", "    kind: retriable\n    giveUpAfter: 1m");

        // when
        List<Fault> faults = registry.refused(source);

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message()).contains("it is sent until its outcome is known");
    }

    @Test
    void shouldRefuseTwoPivots() {
        // given
        String source =
                Fixtures.orderSaga().replace("    kind: retriable", "    kind: pivot")
                        + """
                          - step: confirmAgain
                            participant: order
                            kind: pivot
                            action:
                              command: io.clew.order.ConfirmOrder
                              with: { orderId: event.orderId }
                        """;

        // when
        List<Fault> faults = registry.refused(source);

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message()).contains("confirmAgain is the second");
        assertThat(faults.get(0).line()).isEqualTo(31);
    }

    @Test
    void shouldRefuseACompensatableStepPastThePointOfNoReturn() {
        // given
        String source =
                Fixtures.orderSaga()
                        + """
                          - step: tooLate
                            participant: order
                            compensation: none
                            action:
                              command: io.clew.order.ConfirmOrder
                              with: { orderId: event.orderId }
                        """;

        // when
        List<Fault> faults = registry.refused(source);

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message())
                .contains("tooLate (compensatable) comes after a retriable step");
    }

    @Test
    void shouldTreatTheOutputOfAStepThatMayBePassedOverAsOptional() {
        // given
        String source =
                Fixtures.orderSaga()
                        .replace("INSUFFICIENT_FUNDS: compensate", "GOODWILL: continue")
                        .replace("lines: event.lines", "lines: event.lines, orderId: %s")
                        .replace("orderId: event.orderId, lines", "lines");

        // when / then
        assertThat(registry.refused(source.formatted("steps.chargePayment.orderId")))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("'orderId' may be unset"));
        registry.accepted(
                source.formatted("\"steps.chargePayment.?orderId.orValue(event.orderId)\""));
    }

    @Test
    void shouldRefuseTooManySteps() {
        // given
        StringBuilder source = new StringBuilder(Fixtures.orderSaga());
        for (int i = 0; i < Grammar.MAX_NODES; i++) {
            source.append(extraStep(i));
        }

        // when
        List<Fault> faults = registry.refused(source.toString());

        // then
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message()).contains("at most 200 steps but got 204");
    }

    private static String extraStep(int number) {
        return """
          - step: extra%d
            participant: order
            kind: retriable
            action:
              command: io.clew.order.ConfirmOrder
              with: { orderId: event.orderId }
        """
                .formatted(number);
    }

    /** Line breaks are written as {@code \n} in the table. */
    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }
}
