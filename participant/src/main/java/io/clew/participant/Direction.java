package io.clew.participant;

/** Whether a command does something or takes it back. */
public enum Direction {
    ACTION("action"),
    COMPENSATION("compensation");

    private final String wireName;

    Direction(String wireName) {
        this.wireName = wireName;
    }

    /** The direction as it is written in headers and in the database. */
    public String wireName() {
        return wireName;
    }

    static Direction ofWireName(String name) {
        for (var direction : values()) {
            if (direction.wireName.equals(name)) {
                return direction;
            }
        }
        throw new IllegalArgumentException(
                "Expected direction action or compensation but found '" + name + "'");
    }
}
