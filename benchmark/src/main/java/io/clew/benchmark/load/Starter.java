package io.clew.benchmark.load;

/** Starts sagas without waiting; a start that could not be made fails the next call. */
interface Starter extends AutoCloseable {

    /** Starts a saga and tells when that is accepted. */
    void start(long saga, boolean refuse, Runnable accepted);

    @Override
    void close();
}
