package io.clew.platform;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked once beside the build and shared by every run. */
final class PostgresBinaries {

    private static final String DONE = ".unpacked";

    private PostgresBinaries() {}

    /** The directory that holds {@code bin/postgres}; unpacks it if it is not there. */
    static Path directory() {
        Path home = PlatformHome.directory().toAbsolutePath().resolve("postgres");
        if (Files.exists(home.resolve(DONE))) {
            return home;
        }
        try {
            Files.createDirectories(home.getParent());
            unpackOnce(home);
            return home;
        } catch (IOException e) {
            throw new PlatformException(
                    "Expected to unpack PostgreSQL to " + home + " but could not", e);
        }
    }

    /** One at a time, also between programs: tests of several modules may start at once. */
    private static synchronized void unpackOnce(Path home) throws IOException {
        try (var channel =
                        FileChannel.open(
                                home.resolveSibling("postgres.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(home.resolve(DONE))) {
                unpack(home);
            }
        }
    }

    private static void unpack(Path home) throws IOException {
        delete(home);
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        try (InputStream packed =
                        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                                system, "amd64".equals(machine) ? "x86_64" : machine);
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                write(home, entry, tar);
            }
        }
        Files.createFile(home.resolve(DONE));
    }

    private static void write(Path home, TarArchiveEntry entry, InputStream content)
            throws IOException {
        Path target = home.resolve(entry.getName()).normalize();
        if (!target.startsWith(home)) {
            throw new IOException("Expected " + entry.getName() + " to stay inside " + home);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink() || entry.isLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        if (entry.getName().contains("bin/") && !target.toFile().setExecutable(true, false)) {
            throw new IOException("Expected to make " + target + " executable but could not");
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
