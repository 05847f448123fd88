package io.clew.benchmark;

import io.clew.benchmark.load.Meter;
import io.clew.platform.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a coordinator takes up, in MiB.
 *
 * @param resident of its process
 * @param heap in use after a full collection
 * @param state its directory
 * @param changelog on the broker
 */
record Footprint(double resident, double heap, double state, double changelog) {

    private static final double MIB = 1 << 20;

    static Footprint of(ClewSystem clew) {
        Meter meter = new Meter(clew.processes());
        double resident = meter.residentMib("coordinator");
        collect(clew.coordinator().process().pid());
        return new Footprint(
                resident,
                clew.view().metric("jvm_memory_used_bytes{area=\"heap\"") / MIB,
                bytes(clew.stateDirectory()) / MIB,
                clew.changelogBytes() / MIB);
    }

    private static void collect(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while measuring", e);
        }
    }

    /** Files come and go meanwhile. */
    static long bytes(Path directory) {
        AtomicLong sum = new AtomicLong();
        try {
            Files.walkFileTree(
                    directory,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                            sum.addAndGet(is.size());
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path dir, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum.get();
    }
}
