package io.clew.it.faults.load;

import io.clew.it.system.PlacedOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Orders of every kind, with the failure code that may end them; none: they complete. */
public enum OrderKind {
    GOOD(44, ""),
    FROM_STOCK(20, ""),
    TWICE(4, ""),
    DECLINED(8, "CARD_DECLINED"),
    NO_FUNDS(6, "INSUFFICIENT_FUNDS"),
    SOLD_OUT(6, "OUT_OF_STOCK"),
    SCARCE(4, "OUT_OF_STOCK"),
    UNDELIVERABLE(5, "UNDELIVERABLE"),
    UNKNOWN_ARTICLE(3, "UNKNOWN_SKU");

    private static final int TOTAL = Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

    private final int weight;
    private final String refusal;

    OrderKind(int weight, String refusal) {
        this.weight = weight;
        this.refusal = refusal;
    }

    static OrderKind draw(RandomGenerator random) {
        int left = random.nextInt(TOTAL);
        for (OrderKind kind : values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("Expected the weights to add up but they do not");
    }

    PlacedOrder order(String id, RandomGenerator random) {
        PlacedOrder plain =
                new PlacedOrder(id, "tok_visa", "sku-unlimited", 1 + random.nextInt(9), "DE");
        return switch (this) {
            case GOOD, TWICE -> plain;
            case FROM_STOCK -> plain.of("sku-" + (1 + random.nextInt(9)));
            case DECLINED -> plain.paidWith("tok_declined");
            case NO_FUNDS -> plain.paidWith("tok_insufficient_funds");
            case SOLD_OUT -> plain.of("sku-none");
            case SCARCE -> new PlacedOrder(id, "tok_visa", "sku-scarce", 1, "DE");
            case UNDELIVERABLE -> plain.to("AQ");
            case UNKNOWN_ARTICLE -> plain.of("sku-never-heard-of");
        };
    }

    /** Whether a saga of this kind may complete. */
    public boolean mayComplete() {
        return refusal.isEmpty() || this == SCARCE;
    }

    /** Whether this refusal fits an order of this kind. */
    public boolean mayFailWith(String code) {
        return !refusal.isEmpty() && refusal.equals(code);
    }
}
