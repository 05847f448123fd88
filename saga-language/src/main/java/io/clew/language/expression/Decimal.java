package io.clew.language.expression;

import java.math.BigDecimal;

/** An exact number in an expression; 1.0 and 1.00 are equal, since they are the same amount. */
record Decimal(BigDecimal value) implements Comparable<Decimal> {

    /** Digits an expression may make; far beyond any schema's, and a limit all the same. */
    private static final int MAX_DIGITS = 200;

    Decimal {
        if (Math.max(value.precision(), Math.abs(value.scale())) > MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "Expected a decimal of at most " + MAX_DIGITS + " digits but got more");
        }
    }

    static Decimal of(String text) {
        return new Decimal(new BigDecimal(text));
    }

    Decimal plus(Decimal other) {
        return new Decimal(value.add(other.value));
    }

    Decimal minus(Decimal other) {
        return new Decimal(value.subtract(other.value));
    }

    @Override
    public int compareTo(Decimal other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decimal decimal && compareTo(decimal) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
