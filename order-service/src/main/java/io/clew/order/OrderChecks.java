package io.clew.order;

import io.clew.order.OrderContent.Line;
import io.clew.order.OrderContent.ShippingAddress;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a request whole, so that a client learns of every fault at once. */
final class OrderChecks {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int MAX_TEXT = 200;
    private static final int MAX_LINES = 100;
    private static final int MAX_QUANTITY = 10_000;
    private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000");

    private final List<Violation> violations = new ArrayList<>();

    /** A request that can be taken, or all that is wrong with it. */
    sealed interface Checked {
        record Sound(OrderContent content, String paymentToken) implements Checked {}

        record Faulty(List<Violation> violations) implements Checked {}
    }

    static Checked check(OrderRequest request, Instant now) {
        return new OrderChecks().checkAll(request, now);
    }

    private Checked checkAll(OrderRequest request, Instant now) {
        if (request.orderId() != null && !ID.matcher(request.orderId()).matches()) {
            fault("/orderId", "1 to 100 letters, digits and . _ ~ -");
        }
        var customerId = text("/customerId", request.customerId());
        var token = text("/paymentToken", request.paymentToken());
        var lines = lines(request.lines());
        var total = total(lines, request.totalAmount());
        var currency = currency(request.currency());
        var address = address(request.shippingAddress());
        if (!violations.isEmpty()) {
            return new Checked.Faulty(List.copyOf(violations));
        }
        return new Checked.Sound(
                new OrderContent(customerId, lines, currency, total, address, now), token);
    }

    private List<Line> lines(@Nullable List<OrderRequest.@Nullable Line> requested) {
        var lines = new ArrayList<Line>();
        if (requested == null || requested.isEmpty() || requested.size() > MAX_LINES) {
            fault("/lines", "1 to " + MAX_LINES + " lines");
            return lines;
        }
        for (var i = 0; i < requested.size(); i++) {
            lines.add(line("/lines/" + i, requested.get(i)));
        }
        return lines;
    }

    private Line line(String pointer, OrderRequest.@Nullable Line requested) {
        var line = requested == null ? new OrderRequest.Line(null, null, null) : requested;
        var quantity = line.quantity() == null ? 0 : line.quantity();
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            fault(pointer + "/quantity", "a whole number from 1 to " + MAX_QUANTITY);
        }
        return new Line(
                text(pointer + "/sku", line.sku()),
                quantity,
                amount(pointer + "/unitPrice", line.unitPrice()));
    }

    private BigDecimal total(List<Line> lines, @Nullable BigDecimal stated) {
        var sum =
                lines.stream()
                        .map(line -> line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .setScale(2);
        if (stated != null && violations.isEmpty() && stated.compareTo(sum) != 0) {
            fault("/totalAmount", "the sum of the lines, which is " + sum);
        }
        if (sum.compareTo(MAX_AMOUNT) > 0) {
            fault("/lines", "a sum of at most " + MAX_AMOUNT);
        }
        return sum;
    }

    private BigDecimal amount(String pointer, @Nullable BigDecimal amount) {
        if (amount == null
                || amount.signum() <= 0
                || amount.compareTo(MAX_AMOUNT) > 0
                || amount.stripTrailingZeros().scale() > 2) {
            fault(pointer, "an amount above 0 with at most two decimal places");
            return BigDecimal.ZERO;
        }
        return amount.setScale(2);
    }

    private String currency(@Nullable String code) {
        var known =
                Arrays.stream(Currency.values())
                        .filter(currency -> currency != Currency.XXX)
                        .map(Currency::name)
                        .toList();
        if (code == null || !known.contains(code)) {
            fault("/currency", "one of " + String.join(", ", known));
            return Currency.XXX.name();
        }
        return code;
    }

    private ShippingAddress address(OrderRequest.@Nullable ShippingAddress requested) {
        var address =
                requested == null
                        ? new OrderRequest.ShippingAddress(null, null, null, null, null)
                        : requested;
        var country = text("/shippingAddress/country", address.country());
        if (!country.isEmpty() && !COUNTRY.matcher(country).matches()) {
            fault("/shippingAddress/country", "two capital letters, such as DE");
        }
        return new ShippingAddress(
                text("/shippingAddress/name", address.name()),
                text("/shippingAddress/street", address.street()),
                text("/shippingAddress/city", address.city()),
                text("/shippingAddress/postalCode", address.postalCode()),
                country);
    }

    private String text(String pointer, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > MAX_TEXT) {
            fault(pointer, "a text of 1 to " + MAX_TEXT + " characters");
            return "";
        }
        return text;
    }

    private void fault(String pointer, String expected) {
        violations.add(new Violation(pointer, "Expected " + expected));
    }
}
