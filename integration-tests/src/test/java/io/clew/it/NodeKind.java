package io.clew.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The nodes of the language, each in the middle of a saga that stands still in it until somebody
 * answers: a step is done before it, and one that may be refused comes after it.
 */
enum NodeKind {
    STEP("reply", "IN_DOUBT"),
    PARALLEL("reply", "IN_DOUBT"),
    CHOICE("reply", "IN_DOUBT"),
    FOR_EACH("reply", "IN_DOUBT"),
    EVENT("arrival", "TIMED_OUT"),
    SIGNAL("arrival", "TIMED_OUT"),
    DELAY("time", "DEADLINE"),
    SAVEPOINT("reply", "TIMED_OUT"),
    CHILD("reply", "DEADLINE");

    private final String waitsFor;
    private final String silence;

    /**
     * @param waitsFor what a saga waits for in the middle of it, as its status says
     * @param silence the failure if nobody answers
     */
    NodeKind(String waitsFor, String silence) {
        this.waitsFor = waitsFor;
        this.silence = silence;
    }

    String waitsFor() {
        return waitsFor;
    }

    String silence() {
        return silence;
    }

    /** What it consists of, in the order of start. */
    private List<String> steps() {
        return switch (this) {
            case STEP, SAVEPOINT -> List.of("inner");
            case PARALLEL -> List.of("goods", "papers");
            case CHOICE -> List.of("taken");
            case FOR_EACH -> List.of("item[0]", "item[1]");
            case EVENT -> List.of("shipment");
            case SIGNAL -> List.of("approval");
            case DELAY -> List.of("coolingOff");
            case CHILD -> List.of("booking");
        };
    }

    /** Under what these are in the books of the till, those of them that command something. */
    List<String> books() {
        return switch (this) {
            case STEP, PARALLEL, CHOICE, SAVEPOINT -> steps();
            case FOR_EACH -> List.of("itemA", "itemB");
            case EVENT, SIGNAL, DELAY -> List.of();
            case CHILD -> List.of("booked");
        };
    }

    /** In a definition's name. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** What a saga with this node has done once it is complete, in that order. */
    List<String> done() {
        List<String> done = new ArrayList<>(List.of("before"));
        if (this == SAVEPOINT) {
            done.add("booked");
        }
        done.addAll(steps());
        done.add("last");
        return done;
    }

    /** What such a saga takes back if it is stopped in the middle of the node. */
    List<String> undoneFromTheMiddle() {
        List<String> undone = new ArrayList<>();
        if (!books().isEmpty()) {
            undone.addAll(steps().reversed());
        }
        undone.add("before");
        return undone;
    }

    /** What such a saga takes back if the step after the node is refused. */
    List<String> undoneFromTheEnd() {
        return this == EVENT ? List.of("shipment", "before") : undoneFromTheMiddle();
    }
}
