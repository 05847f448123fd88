package io.clew.saga;

/**
 * Identity of one decision to run a step in one direction, within a saga.
 *
 * @param path step path
 * @param direction action or compensation
 * @param number from 1; a new one only after the one before was refused or compensated
 * @param compensates on a compensation the number of the action execution it takes back, else 0
 */
public record Execution(String path, Direction direction, int number, int compensates) {
    public Execution {
        if (number < 1 || (direction == Direction.ACTION) != (compensates == 0)) {
            throw new IllegalArgumentException(
                    "Expected an execution from 1 that compensates one only if it is a compensation"
                            + (" but got "
                                    + path
                                    + "/"
                                    + direction
                                    + "/"
                                    + number
                                    + "/"
                                    + compensates));
        }
    }

    public static Execution action(String path, int number) {
        return new Execution(path, Direction.ACTION, number, 0);
    }

    public static Execution compensation(String path, int number, int compensates) {
        return new Execution(path, Direction.COMPENSATION, number, compensates);
    }

    /** Whether a reply that names these is about this execution. */
    public boolean is(String otherPath, Direction otherDirection, int otherNumber) {
        return number == otherNumber && direction == otherDirection && path.equals(otherPath);
    }
}
