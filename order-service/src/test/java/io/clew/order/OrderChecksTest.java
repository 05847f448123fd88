package io.clew.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.order.OrderChecks.Checked;
import io.clew.order.OrderRequest.Line;
import io.clew.order.OrderRequest.ShippingAddress;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderChecksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ShippingAddress ADDRESS =
            new ShippingAddress("Ada", "Street 1", "Town", "12345", "DE");

    @Test
    void shouldAddUpTheLines() {
        // when
        var checked = check(null, line("sku-1", 3, "1.5"), line("sku-2", 1, "0.25"));

        // then
        assertThat(checked)
                .isInstanceOfSatisfying(
                        Checked.Sound.class,
                        sound ->
                                assertThat(sound.content().totalAmount())
                                        .isEqualTo(new BigDecimal("4.75")));
    }

    @Test
    void shouldRefuseATotalThatIsNotTheSum() {
        assertThat(pointers(check(new BigDecimal("4.76"), line("sku-1", 1, "4.75"))))
                .containsExactly("/totalAmount");
    }

    @Test
    void shouldListEveryFault() {
        // when
        var checked =
                OrderChecks.check(
                        new OrderRequest(
                                "o/1",
                                " ",
                                Arrays.asList(new Line("sku", 0, new BigDecimal("1.005")), null),
                                "XXX",
                                null,
                                null,
                                new ShippingAddress("Ada", "Street 1", "Town", "12345", "de")),
                        NOW);

        // then
        assertThat(pointers(checked))
                .contains(
                        "/orderId",
                        "/customerId",
                        "/lines/0/quantity",
                        "/lines/0/unitPrice",
                        "/lines/1/sku",
                        "/currency",
                        "/paymentToken",
                        "/shippingAddress/country");
    }

    @Test
    void shouldRefuseAnEmptyRequest() {
        assertThat(
                        pointers(
                                OrderChecks.check(
                                        new OrderRequest(null, null, null, null, null, null, null),
                                        NOW)))
                .contains("/lines", "/shippingAddress/name");
    }

    private static Checked check(BigDecimal total, Line... lines) {
        return OrderChecks.check(
                new OrderRequest(
                        null, "c-1", Arrays.asList(lines), "EUR", total, "tok_visa", ADDRESS),
                NOW);
    }

    private static Line line(String sku, int quantity, String price) {
        return new Line(sku, quantity, new BigDecimal(price));
    }

    private static List<String> pointers(Checked checked) {
        return ((Checked.Faulty) checked).violations().stream().map(Violation::pointer).toList();
    }
}
