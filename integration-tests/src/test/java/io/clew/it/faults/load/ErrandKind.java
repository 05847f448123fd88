package io.clew.it.faults.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Errands of every kind, by what the clerk does to them. */
public enum ErrandKind {
    /** Every answer comes at once. */
    PROMPT(30, ""),
    /** Every answer comes late, some after their commands were sent again. */
    SLOW(26, ""),
    /** One step takes long, and nobody asks meanwhile. */
    LONG(14, ""),
    /** One step takes longer than anybody waits without a word; the clerk says it is at work. */
    BUSY(8, ""),
    /** One step is never answered. */
    SILENT(6, "IN_DOUBT"),
    /** Refused in a branch while the other is slow. */
    REFUSED_IN_BRANCH(5, ErrandKind.DECLINED),
    /** Refused inside the child. */
    REFUSED_IN_CHILD(5, ErrandKind.DECLINED),
    /** Refused after everything else, the child too, was done. */
    REFUSED_AT_LAST(6, ErrandKind.DECLINED);

    static final String DECLINED = "CARD_DECLINED";

    private static final int TOTAL = Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

    private final int weight;
    private final String code;

    /**
     * @param code what it fails with; empty if it completes
     */
    ErrandKind(int weight, String code) {
        this.weight = weight;
        this.code = code;
    }

    static ErrandKind draw(RandomGenerator random) {
        int left = random.nextInt(TOTAL);
        for (ErrandKind kind : values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("Expected the weights to add up but they do not");
    }

    public boolean completes() {
        return code.isEmpty();
    }

    /** Whether a saga of this kind may be taken back for this failure. */
    public boolean mayFailWith(String other) {
        return !code.isEmpty() && code.equals(other);
    }

    /** Whether the clerk refuses the action of a step. */
    boolean refuses(String step) {
        return switch (this) {
            case REFUSED_IN_BRANCH -> step.equals(Errands.PAPERS);
            case REFUSED_IN_CHILD -> step.equals(Errands.PACKED);
            case REFUSED_AT_LAST -> step.equals(Errands.LAST);
            default -> false;
        };
    }
}
