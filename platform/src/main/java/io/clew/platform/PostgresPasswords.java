package io.clew.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/** Generated passwords, one per role, in a file that only its owner can read. */
final class PostgresPasswords {

    private static final int BYTES = 16;

    private final Properties byRole;

    private PostgresPasswords(Properties byRole) {
        this.byRole = byRole;
    }

    /** Reads the file, adds a password for each role that has none, and writes it back. */
    static PostgresPasswords in(Path file, List<String> roles) {
        var passwords = new Properties();
        var random = new SecureRandom();
        try {
            if (Files.exists(file)) {
                try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                    passwords.load(reader);
                }
            } else {
                Files.createDirectories(file.getParent());
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
            boolean added = false;
            for (String role : roles) {
                added |= passwords.putIfAbsent(role, generate(random)) == null;
            }
            if (added) {
                try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                    passwords.store(writer, "Passwords of the local PostgreSQL");
                }
            }
        } catch (IOException e) {
            throw new PlatformException(
                    "Expected to keep passwords in " + file + " but could not", e);
        }
        return new PostgresPasswords(passwords);
    }

    String of(String role) {
        String password = byRole.getProperty(role);
        if (password == null) {
            throw new IllegalArgumentException("Expected a known role but got " + role);
        }
        return password;
    }

    private static String generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
