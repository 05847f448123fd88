package io.clew.platform.command;

import io.clew.platform.PlatformException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Asks the {@link Switchboard} of the running platform to stop or start one member. */
record SwitchRequest(String verb, String name) {

    /** Shows what was done and gives the exit code. */
    int send(Home home, PrintStream out) {
        RunState state =
                RunState.read(home)
                        .orElseThrow(
                                () ->
                                        new PlatformException(
                                                "Clew does not run; start it: ./clew up"));
        if (!state.ready()) {
            throw new PlatformException("Clew is starting; try again when it is ready");
        }
        return send(home.socket(), out);
    }

    private int send(Path socket, PrintStream out) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var writer = Channels.newWriter(channel, StandardCharsets.UTF_8);
            writer.write(verb + " " + name + "\n");
            writer.flush();
            var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            String code = String.valueOf(reader.readLine());
            String told = reader.lines().collect(Collectors.joining(System.lineSeparator()));
            if (code.equals("0")) {
                out.println(told);
                return 0;
            }
            throw new PlatformException(
                    told.isEmpty() ? "Expected an answer but the platform has ended" : told);
        } catch (IOException e) {
            throw new PlatformException(
                    "Expected to %s %s but the platform did not answer on %s: %s"
                            .formatted(verb, name, socket, e),
                    e);
        }
    }
}
