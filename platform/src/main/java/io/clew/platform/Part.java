package io.clew.platform;

/** One part of the platform, reached on 127.0.0.1, that can be ended and started again. */
public interface Part extends AutoCloseable {

    /** The part's name in messages. */
    String name();

    boolean isAlive();

    /** Starts on the same data and port as before; need not wait until the part is ready. */
    void launch();

    /** Returns when the part is ready. */
    void awaitReady();

    /** Starts on the same data and port as before and returns when the part is ready. */
    default void start() {
        launch();
        awaitReady();
    }

    /** Ends the part cleanly. */
    void stop();

    /** Ends the part at once. */
    void kill();

    /** Freezes the part; its connections stay open and silent. */
    void suspend();

    /** Lets a frozen part go on. */
    void resume();

    /** Stops cleanly and starts again. */
    default void restart() {
        stop();
        start();
    }

    @Override
    default void close() {
        stop();
    }
}
