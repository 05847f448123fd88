package io.clew.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PausesTest {
    private static final PauseSubject PAYMENT = PauseSubject.participant("payment");
    private static final PauseSubject ORDERS = PauseSubject.definition("orders");
    private static final PauseSubject TOPIC = PauseSubject.topic("payment.commands");

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private static FrozenCommand to(String participant) {
        return new FrozenCommand(
                participant,
                participant + ".commands",
                "Do",
                Bytes.utf8(""),
                at(0),
                Optional.empty(),
                false);
    }

    private static PauseRequest request(String operation, PauseSubject subject, boolean pause) {
        return new PauseRequest(operation, subject, pause, "ann", "");
    }

    private static Pauses changed(
            Pauses pauses, String operation, PauseSubject subject, boolean pause, long second) {
        return pauses.after(
                request(operation, subject, pause), new Position("inbox", 0, second), at(second));
    }

    private static Pauses overlapping() {
        Pauses pauses = changed(Pauses.NONE, "1", PAYMENT, true, 10);
        pauses = changed(pauses, "2", ORDERS, true, 15);
        pauses = changed(pauses, "3", PAYMENT, false, 20);
        return changed(pauses, "4", ORDERS, false, 30);
    }

    @Test
    void shouldCountOverlappingPausesOnce() {
        assertThat(overlapping().stoodStill("orders", to("payment"), at(0), at(100)))
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void shouldCountOnlyWhatLiesBetweenTheInstants() {
        assertThat(overlapping().stoodStill("orders", to("payment"), at(12), at(28)))
                .isEqualTo(Duration.ofSeconds(16));
        assertThat(overlapping().stoodStill("orders", to("payment"), at(30), at(99))).isZero();
        assertThat(overlapping().stoodStill("others", to("shipping"), at(0), at(99))).isZero();
    }

    @Test
    void shouldBeAsTheyWereAtAnEarlierPlace() {
        Pauses then = overlapping().asOf(new Position("inbox", 0, 17));

        assertThat(then.holding("orders", to("payment"))).isEqualTo(Optional.of(ORDERS));
        assertThat(then.stoodStill("others", to("payment"), at(0), at(100)))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(overlapping().asOf(new Position("inbox", 0, 5)).lasts(PAYMENT)).isFalse();
    }

    @Test
    void shouldSayThatTheDefinitionHoldsBeforeTheParticipant() {
        Pauses pauses = changed(Pauses.NONE, "1", PAYMENT, true, 10);
        pauses = changed(pauses, "2", ORDERS, true, 15);

        assertThat(pauses.holding("orders", to("payment"))).isEqualTo(Optional.of(ORDERS));
        assertThat(pauses.holding("others", to("payment"))).isEqualTo(Optional.of(PAYMENT));
        assertThat(pauses.holding("others", to("shipping"))).isEmpty();
    }

    @Test
    void shouldHoldWhatIsForAMissingTopicAndLetItsWaitsStandStill() {
        Pauses pauses = changed(Pauses.NONE, "1", TOPIC, true, 10);

        assertThat(pauses.holding("orders", to("payment"))).isEqualTo(Optional.of(TOPIC));
        assertThat(pauses.holding("orders", to("shipping"))).isEmpty();
        assertThat(pauses.stoodStill("orders", to("payment"), at(0), at(30)))
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void shouldChangeNothingWhenAlreadyPausedOrResumed() {
        Pauses once = changed(Pauses.NONE, "1", PAYMENT, true, 10);
        Pauses twice = changed(once, "2", PAYMENT, true, 12);

        assertThat(twice.pausing(PAYMENT).spells()).isEqualTo(once.pausing(PAYMENT).spells());
        assertThat(twice.knows(request("2", PAYMENT, true))).isTrue();
        assertThat(changed(Pauses.NONE, "3", PAYMENT, false, 9).pausing(PAYMENT).spells())
                .isEmpty();
    }

    @Test
    void shouldForgetTheOldestSpells() {
        Pauses pauses = Pauses.NONE;
        for (int i = 0; i < 120; i++) {
            pauses = changed(pauses, "op" + i, PAYMENT, i % 2 == 0, i);
        }

        assertThat(pauses.pausing(PAYMENT).spells()).hasSize(50);
        assertThat(pauses.pausing(PAYMENT).over()).isEqualTo(Optional.of(at(119)));
    }

    @Test
    void shouldForgetTheSubjectWhoseLastPauseIsLongestOver() {
        Pauses pauses = changed(Pauses.NONE, "a", PAYMENT, true, 1);
        pauses = changed(pauses, "b", PAYMENT, false, 2);
        for (int i = 0; i < 500; i++) {
            pauses = changed(pauses, "op" + i, PauseSubject.participant("p" + i), true, 10 + i);
        }

        assertThat(pauses.subjects()).hasSize(500).doesNotContainKey(PAYMENT);
    }

    @Test
    void shouldReadItsKeyAndRefuseOthers() {
        assertThat(PauseSubject.ofKey(PAYMENT.key())).isEqualTo(PAYMENT);
        assertThat(PauseSubject.ofKey("definition/orders")).isEqualTo(ORDERS);
        assertThat(PauseSubject.ofKey("topic/payment.commands")).isEqualTo(TOPIC);
        assertThatThrownBy(() -> PauseSubject.ofKey("orders:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("participant/<name>");
    }
}
