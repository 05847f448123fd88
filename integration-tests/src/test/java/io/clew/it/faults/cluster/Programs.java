package io.clew.it.faults.cluster;

import java.io.IOException;

/** Programs of this machine that make what faults need. */
public final class Programs {
    private Programs() {}

    /** Whether the program is there and ends well. */
    static boolean succeed(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #succeed}, one line each, words apart by blanks; the first that fails ends it. */
    static boolean succeedAll(String lines) {
        return lines.lines().map(line -> line.split(" ")).allMatch(Programs::succeed);
    }
}
