package io.clew.platform.command;

import io.clew.platform.PlatformException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Held by the one program that runs the platform; the system frees it however that program ends.
 */
record RunLock(FileChannel channel, FileLock lock) implements AutoCloseable {

    /** Empty if another program holds it. */
    static Optional<RunLock> take(Home home) {
        try {
            Files.createDirectories(home.directory());
            FileChannel channel =
                    FileChannel.open(
                            home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new RunLock(channel, lock));
        } catch (IOException e) {
            throw new PlatformException(
                    "Expected to lock %s but could not: %s".formatted(home.lockFile(), e), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new PlatformException("Expected to free the lock but could not", e);
        }
    }
}
