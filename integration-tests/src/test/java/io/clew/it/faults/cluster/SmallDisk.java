package io.clew.it.faults.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A disk small enough to be filled; made only where this user may mount one. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 64 << 10;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** A disk of so many MiB at this place; none if that is not allowed here. */
    static Optional<SmallDisk> mount(Path directory, int mib) {
        try {
            Files.createDirectories(directory);
            boolean mounted =
                    Programs.succeed(
                            "mount",
                            "-t",
                            "tmpfs",
                            "-o",
                            "size=" + mib + "m",
                            "clew",
                            directory.toString());
            return mounted ? Optional.of(new SmallDisk(directory)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves not a byte. */
    public void fill() {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (directory.toFile().getUsableSpace() > 0) {
                out.write(block);
            }
        } catch (IOException full) {
            // That is what it is for, if it is full.
            if (directory.toFile().getUsableSpace() > BLOCK) {
                throw new UncheckedIOException(full);
            }
        }
    }

    public void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    @Override
    public void close() {
        Programs.succeed("umount", directory.toString());
    }
}
