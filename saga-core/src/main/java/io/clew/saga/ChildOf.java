package io.clew.saga;

/**
 * How a child saga stands to its parent.
 *
 * @param parent who started it
 * @param takingBack number of the compensation execution that asked to take it back; 0 if none has
 * @param parentEnded whether its parent can ask for nothing any more
 */
public record ChildOf(Parent parent, int takingBack, boolean parentEnded) {
    static ChildOf started(Parent parent) {
        return new ChildOf(parent, 0, false);
    }

    ChildOf takingBack(int number) {
        return new ChildOf(parent, number, parentEnded);
    }

    ChildOf afterParentEnded() {
        return new ChildOf(parent, takingBack, true);
    }
}
