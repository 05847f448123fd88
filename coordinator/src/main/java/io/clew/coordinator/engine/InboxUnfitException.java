package io.clew.coordinator.engine;

/** The inbox is not what sagas need; the coordinator does not run on it. */
public final class InboxUnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InboxUnfitException(String message) {
        super(message);
    }
}
