package io.clew.platform;

/** A part that is a process of this machine. */
public interface ProcessPart extends Part {

    /** The process behind this part. */
    ChildProcess process();

    @Override
    default String name() {
        return process().name();
    }

    @Override
    default boolean isAlive() {
        return process().isAlive();
    }

    @Override
    default void stop() {
        process().stop();
    }

    /** SIGKILL. */
    @Override
    default void kill() {
        process().kill();
    }

    /** SIGSTOP. */
    @Override
    default void suspend() {
        process().suspend();
    }

    /** SIGCONT. */
    @Override
    default void resume() {
        process().resume();
    }
}
