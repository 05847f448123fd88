package io.clew.platform.command;

import io.clew.platform.Part;
import io.clew.platform.PlatformException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * In the program that runs the platform: stops and starts members for the commands that ask through
 * a socket, which only this user can reach. A request is one line, a verb and a name; the answer is
 * an exit code in the first line and what to tell in the rest.
 */
final class Switchboard implements AutoCloseable {

    private final ServerSocketChannel server;
    private final Map<String, Part> members = new LinkedHashMap<>();
    private final Set<String> stopped = new TreeSet<>();
    private final Consumer<Set<String>> changed;

    private Switchboard(
            ServerSocketChannel server, List<? extends Part> parts, Consumer<Set<String>> changed) {
        this.server = server;
        this.changed = changed;
        parts.forEach(part -> members.put(part.name(), part));
    }

    /**
     * Listens on a socket that is made anew.
     *
     * @param changed is given the names of those that are stopped on request, after each change
     */
    static Switchboard open(
            Path socket, List<? extends Part> parts, Consumer<Set<String>> changed) {
        try {
            Files.deleteIfExists(socket);
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            return new Switchboard(server, parts, changed);
        } catch (IOException e) {
            throw new PlatformException(
                    "Expected to listen on %s but could not: %s".formatted(socket, e), e);
        }
    }

    /** Serves until it is closed. */
    void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel caller = server.accept();
                Thread.ofVirtual().name("switchboard").start(() -> answer(caller));
            } catch (IOException e) {
                if (server.isOpen()) {
                    throw new PlatformException("Expected to be asked but the socket broke", e);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new PlatformException("Expected to close the socket but could not", e);
        }
    }

    private void answer(SocketChannel caller) {
        try (caller;
                var reader =
                        new BufferedReader(Channels.newReader(caller, StandardCharsets.UTF_8));
                var writer = Channels.newWriter(caller, StandardCharsets.UTF_8)) {
            String[] request = String.valueOf(reader.readLine()).split(" ", 2);
            String answer;
            try {
                answer = "0\n" + obey(request[0], request.length > 1 ? request[1] : "");
            } catch (PlatformException e) {
                answer = "1\n" + e.getMessage();
            }
            writer.write(answer);
        } catch (IOException e) {
            // Who asked has gone away; what was asked for is done all the same.
            return;
        }
    }

    private synchronized String obey(String verb, String name) {
        Part member = members.get(name);
        if (member == null) {
            throw new PlatformException(
                    "Expected one of %s but got '%s'"
                            .formatted(String.join(", ", members.keySet()), name));
        }
        return switch (verb) {
            case "stop" -> stop(member);
            case "start" -> start(member);
            default -> throw new PlatformException("Expected stop or start but got " + verb);
        };
    }

    private String stop(Part member) {
        boolean alive = member.isAlive();
        member.stop();
        stopped.add(member.name());
        changed.accept(Set.copyOf(stopped));
        return member.name() + (alive ? " is stopped." : " does not run.");
    }

    private String start(Part member) {
        boolean alive = member.isAlive();
        if (!alive) {
            member.launch();
            stopped.remove(member.name());
            changed.accept(Set.copyOf(stopped));
        }
        member.awaitReady();
        return member.name() + (alive ? " runs already." : " is ready.");
    }
}
