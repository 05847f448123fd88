package io.clew.coordinator;

import jakarta.inject.Singleton;

/** How far the start has come, for health. */
@Singleton
final class StartProgress {

    private volatile String waitsFor = "the start";

    /** What the start waits for now. */
    void waitsFor(String what) {
        waitsFor = what;
    }

    void done() {
        waitsFor = "";
    }

    /** Empty once everything runs. */
    String waitsFor() {
        return waitsFor;
    }
}
