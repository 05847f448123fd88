package io.clew.it.faults.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives a process a clock that goes wrong, if libfaketime is installed. */
public final class WrongClock {
    private static final Optional<Path> LIBRARY =
            Stream.of(
                            "/usr/lib/x86_64-linux-gnu/faketime",
                            "/usr/lib/aarch64-linux-gnu/faketime",
                            "/usr/lib64/faketime",
                            "/usr/lib/faketime")
                    .map(directory -> Path.of(directory, "libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();

    private WrongClock() {}

    /** The environment of a process whose clock is off by so many seconds. */
    static Optional<Map<String, String>> off(int seconds) {
        return LIBRARY.map(
                library ->
                        Map.of(
                                "LD_PRELOAD",
                                library.toString(),
                                "FAKETIME",
                                "%+d".formatted(seconds),
                                "FAKETIME_DONT_FAKE_MONOTONIC",
                                "1"));
    }
}
