package io.clew.platform.command;

import io.clew.platform.Member;
import io.clew.platform.PlatformException;
import io.clew.platform.PlatformHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the platform keeps its data, and on which ports it listens. */
record Home(Path directory) {

    private static final int LARGEST_PORT = 65_535;
    private static final int LONGEST_SOCKET = 100;

    /** {@code .clew} in the repository, or what {@code CLEW_HOME} says. */
    static Home ofThisMachine() {
        String given = System.getenv("CLEW_HOME");
        return new Home(
                given == null
                        ? PlatformHome.repository().resolve(".clew")
                        : Path.of(given).toAbsolutePath());
    }

    /** The port of a member: its own, or what its environment variable says. */
    static int port(Member member) {
        String given = System.getenv(member.portVariable());
        if (given == null || given.isBlank()) {
            return member.defaultPort();
        }
        if (given.matches("\\d{1,5}")) {
            int port = Integer.parseInt(given);
            if (port > 0 && port <= LARGEST_PORT) {
                return port;
            }
        }
        throw new PlatformException(
                "Expected %s to be a port but it is '%s'".formatted(member.portVariable(), given));
    }

    Path log(String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    Path stateFile() {
        return directory.resolve("state.properties");
    }

    /**
     * Where the {@link Switchboard} listens; a socket's address is short, so its path has to be.
     */
    Path socket() {
        Path socket = directory.resolve("socket");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET) {
            return socket;
        }
        String name = "clew-" + Integer.toHexString(directory.hashCode()) + ".socket";
        return Path.of(System.getProperty("java.io.tmpdir")).resolve(name);
    }

    Path lockFile() {
        return directory.resolve("lock");
    }
}
