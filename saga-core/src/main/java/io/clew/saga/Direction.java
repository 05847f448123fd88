package io.clew.saga;

/** Which way a command goes. */
public enum Direction {
    ACTION("action"),
    COMPENSATION("compensation");

    private final String wireName;

    Direction(String wireName) {
        this.wireName = wireName;
    }

    /** As it stands in {@code ce_sagadirection} and in command ids. */
    public String wireName() {
        return wireName;
    }

    /**
     * Reads a wire name.
     *
     * @throws IllegalArgumentException if there is no such direction
     */
    public static Direction ofWireName(String name) {
        for (Direction direction : values()) {
            if (direction.wireName.equals(name)) {
                return direction;
            }
        }
        throw new IllegalArgumentException(
                "Expected 'action' or 'compensation' but got '" + name + "'");
    }
}
