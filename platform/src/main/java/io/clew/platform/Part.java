package io.clew.platform;

/** One part of the platform: a process of its own, on 127.0.0.1, that can be started again. */
public interface Part extends AutoCloseable {

    /** The process behind this part. */
    ChildProcess process();

    /** Starts on the same data and port as before and returns when the part is ready. */
    void start();

    /** The part's name in messages. */
    default String name() {
        return process().name();
    }

    default boolean isAlive() {
        return process().isAlive();
    }

    /** Ends the part cleanly. */
    default void stop() {
        process().stop();
    }

    /** Ends the part at once (SIGKILL). */
    default void kill() {
        process().kill();
    }

    /** Freezes the part (SIGSTOP). */
    default void suspend() {
        process().suspend();
    }

    /** Lets a frozen part go on (SIGCONT). */
    default void resume() {
        process().resume();
    }

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
