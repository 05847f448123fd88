package io.clew.it.faults.check;

import static io.clew.it.faults.check.Made.ORDER;
import static io.clew.it.faults.check.Made.SAGA;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.faults.load.OrderKind;
import io.clew.it.faults.load.Workload.Asked;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Books that do not say what the outcome says are found. */
class BookCheckTest {
    private static final BigDecimal AMOUNT = new BigDecimal("19.90");
    private static final long IN_STOCK = 1_000_000;

    private final List<Finding> findings = new ArrayList<>();

    private static Arguments of(String expected, Consumer<Books> alteration) {
        return Arguments.of(expected, alteration);
    }

    /** What may be wrong with the books of an order that completed. */
    static Stream<Arguments> completed() {
        return Stream.of(
                of(
                        "it completed and the customer sees PENDING",
                        books -> books.shown(ORDER.id(), "PENDING")),
                of(
                        "it completed and is not confirmed",
                        books -> books.fulfilled(ORDER.id(), new Books.Fulfilment(false, false))),
                of(
                        "it completed and is not confirmed",
                        books -> books.fulfilled(ORDER.id(), new Books.Fulfilment(true, true))),
                of("2 charges, 1 shipments", books -> books.charged(ORDER.id(), charge(false))),
                of("1 charges, 2 shipments", books -> books.shipped(ORDER.id(), false)),
                of(
                        "charged 24.90 but the outcomes say 19.90",
                        books ->
                                books.charged(
                                        "o-2", new Books.Charge(new BigDecimal("5.00"), true))),
                of(
                        "999997 left and 2 reserved but 2 were sold of 1000000",
                        books -> books.stocked("sku-1", 2, IN_STOCK - 3)),
                of(
                        "999998 left and 4 reserved but 2 were sold of 1000000",
                        books -> books.stocked("sku-1", 4, IN_STOCK - 2)),
                of(
                        "bookShipment/action/2 was never decided",
                        books -> books.executed(SAGA, refused("bookShipment/action/2"))),
                of(
                        "confirmOrder/action/1 is in progress",
                        books ->
                                books.executed(
                                        SAGA,
                                        new Books.Executed(
                                                Made.RUN,
                                                "confirmOrder/action/1",
                                                "IN_PROGRESS",
                                                ""))));
    }

    /** What may be wrong with the books of an order that was taken back. */
    static Stream<Arguments> compensated() {
        return Stream.of(
                of(
                        "it was taken back and the customer sees CONFIRMED",
                        books -> books.shown(ORDER.id(), "CONFIRMED")),
                of(
                        "it was taken back and its order stands",
                        books -> books.fulfilled(ORDER.id(), new Books.Fulfilment(false, false))),
                of("it was taken back and is shipped", books -> books.shipped(ORDER.id(), true)),
                of(
                        "chargePayment/action/1 was done and not taken back",
                        books -> books.executed(SAGA, done("chargePayment/action/1"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("completed")
    void shouldFindWhatIsWrongWithACompletedOrder(String expected, Consumer<Books> alteration) {
        // given
        Books books = booksOfCompleted();
        alteration.accept(books);

        // when
        check(books, OrderKind.GOOD, Made.completed());

        // then
        assertThat(findings).extracting(Finding::text).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compensated")
    void shouldFindWhatIsWrongWithAnOrderTakenBack(String expected, Consumer<Books> alteration) {
        // given
        Books books = booksOfCompensated();
        alteration.accept(books);

        // when
        check(books, OrderKind.DECLINED, Made.compensated());

        // then
        assertThat(findings).extracting(Finding::text).containsExactly(expected);
    }

    @Test
    void shouldFindThatNothingWasDoneForACompletedOrder() {
        // when
        check(new Books(), OrderKind.GOOD, Made.completed());

        // then
        assertThat(findings)
                .extracting(Finding::text)
                .containsExactly(
                        "it completed and is not charged 19.90",
                        "it completed and is not shipped",
                        "it completed and is not confirmed",
                        "it completed and the customer sees ",
                        "it completed without [bookShipment/action/1, chargePayment/action/1,"
                                + " confirmOrder/action/1, createOrder/action/1]",
                        "charged 0 but the outcomes say 19.90");
    }

    @Test
    void shouldFindAChargeThatIsNotTakenBack() {
        // given
        Books books = booksOfCompensated();
        books.charged(ORDER.id(), charge(true));

        // when
        check(books, OrderKind.DECLINED, Made.compensated());

        // then
        assertThat(findings)
                .extracting(Finding::text)
                .containsExactly(
                        "it was taken back and is charged", "charged 19.90 but the outcomes say 0");
    }

    /** What may have been done twice for an order that was taken back. */
    static Stream<Arguments> doubled() {
        return Stream.of(
                of(
                        "2 charges, 0 shipments",
                        books -> {
                            books.charged(ORDER.id(), charge(false));
                            books.charged(ORDER.id(), charge(false));
                        }),
                of(
                        "0 charges, 2 shipments",
                        books -> {
                            books.shipped(ORDER.id(), false);
                            books.shipped(ORDER.id(), false);
                        }),
                of(
                        "createOrder/compensation took effect 2 times:"
                                + " [createOrder/compensation/1 of run 1,"
                                + " createOrder/compensation/2 of run 1]",
                        books -> books.executed(SAGA, done("createOrder/compensation/2"))),
                of(
                        "createOrder/action took effect 2 times:"
                                + " [createOrder/action/1 of run 1, createOrder/action/1 of run 2]",
                        books ->
                                books.executed(
                                        SAGA,
                                        new Books.Executed(
                                                2, "createOrder/action/1", "DONE", "succeeded"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubled")
    void shouldFindWhatWasDoneTwice(String expected, Consumer<Books> alteration) {
        // given
        Books books = booksOfCompensated();
        alteration.accept(books);

        // when
        check(books, OrderKind.DECLINED, Made.compensated());

        // then
        assertThat(findings)
                .filteredOn(it -> it.kind() == Finding.Kind.DOUBLED)
                .extracting(Finding::text)
                .containsExactly(expected);
    }

    @Test
    void shouldFindNothingInBooksThatAreRight() {
        // when
        check(booksOfCompleted(), OrderKind.GOOD, Made.completed());
        check(booksOfCompensated(), OrderKind.DECLINED, Made.compensated());

        // then
        assertThat(findings).isEmpty();
    }

    private void check(Books books, OrderKind kind, SagaStory story) {
        BookCheck check = new BookCheck(books, findings::add);
        check.check(new Asked(kind, ORDER), story);
        check.totals();
    }

    private static Books booksOfCompleted() {
        Books books = new Books();
        books.shown(ORDER.id(), "CONFIRMED");
        books.fulfilled(ORDER.id(), new Books.Fulfilment(true, false));
        books.charged(ORDER.id(), charge(true));
        books.shipped(ORDER.id(), true);
        books.stocked("sku-1", 2, IN_STOCK - 2);
        Made.completed().decided().forEach(what -> books.executed(SAGA, done(what)));
        return books;
    }

    private static Books booksOfCompensated() {
        Books books = new Books();
        books.shown(ORDER.id(), "REJECTED");
        books.fulfilled(ORDER.id(), new Books.Fulfilment(false, true));
        books.stocked("sku-1", 0, IN_STOCK);
        books.executed(SAGA, done("createOrder/action/1"));
        books.executed(SAGA, refused("chargePayment/action/1"));
        books.executed(SAGA, done("createOrder/compensation/1"));
        return books;
    }

    private static Books.Charge charge(boolean open) {
        return new Books.Charge(AMOUNT, open);
    }

    private static Books.Executed done(String what) {
        return new Books.Executed(Made.RUN, what, "DONE", "succeeded");
    }

    private static Books.Executed refused(String what) {
        return new Books.Executed(Made.RUN, what, "DONE", "failed");
    }
}
