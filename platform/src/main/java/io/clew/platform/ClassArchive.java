package io.clew.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The classes of one program, parsed and verified once and mapped at every later start, which
 * halves the start. The first run that ends cleanly writes the archive; another JDK or another
 * build makes another archive.
 */
final class ClassArchive {

    private static final int NAME_LENGTH = 16;

    private final Path archive;
    private final Path draft;

    private ClassArchive(Path archive, Path draft) {
        this.archive = archive;
        this.draft = draft;
    }

    /** Empty if the class path holds a directory, which the JVM cannot archive. */
    static Optional<ClassArchive> of(String name, List<Path> classPath) {
        if (classPath.stream().anyMatch(Files::isDirectory)) {
            return Optional.empty();
        }
        try {
            Path directory = PlatformHome.directory().toAbsolutePath().resolve("class-archive");
            Files.createDirectories(directory);
            Path archive = directory.resolve(name + "-" + digest(classPath) + ".jsa");
            Path draft = directory.resolve(name + "-" + UUID.randomUUID() + ".draft");
            return Optional.of(new ClassArchive(archive, draft));
        } catch (IOException e) {
            // A platform that starts more slowly is better than none.
            return Optional.empty();
        }
    }

    List<String> flags() {
        return Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off")
                : List.of("-XX:ArchiveClassesAtExit=" + draft, "-Xlog:cds=off");
    }

    /** After a clean end: what the run wrote becomes the archive. */
    void keep() {
        if (!Files.exists(draft)) {
            return;
        }
        try {
            deleteOlder();
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            draft.toFile().deleteOnExit();
        }
    }

    private void deleteOlder() throws IOException {
        String name = archive.getFileName().toString();
        String program = name.substring(0, name.lastIndexOf('-') + 1);
        try (Stream<Path> all = Files.list(archive.resolveSibling("."))) {
            for (Path path : all.toList()) {
                String other = path.getFileName().toString();
                if (other.endsWith(".jsa")
                        && other.substring(0, other.lastIndexOf('-') + 1).equals(program)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static String digest(List<Path> classPath) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var text = new StringBuilder(System.getProperty("java.vm.version"));
            for (Path jar : classPath) {
                text.append('\n').append(jar).append(' ').append(Files.size(jar));
                text.append(' ').append(Files.getLastModifiedTime(jar).toMillis());
            }
            byte[] bytes = digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected every JDK to have SHA-256", e);
        }
    }
}
