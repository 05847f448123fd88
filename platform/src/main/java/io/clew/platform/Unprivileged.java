package io.clew.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How to run PostgreSQL, which refuses to run as root. Root runs it in a user namespace in which it
 * is nobody, so that files stay root's. Where namespaces are not allowed, as in most containers, it
 * runs as user nobody, who is given the files.
 *
 * @param prefix what goes before the command
 * @param owner user and group its files must have; empty if they may stay as they are
 */
record Unprivileged(List<String> prefix, String owner) {

    private static final long LIMIT_SECONDS = 60;
    private static final String ROOT = "0";

    /** As the present user is. */
    static final Unprivileged PLAIN = new Unprivileged(List.of(), "");

    /** In a user namespace of its own. */
    static final Unprivileged NAMESPACE = new Unprivileged(List.of("unshare", "-U"), "0:0");

    Unprivileged {
        prefix = List.copyOf(prefix);
    }

    /** The way that works for the present user and reaches the given program. */
    static Unprivileged toRun(Path program) {
        if (!isRoot()) {
            return PLAIN;
        }
        return Stream.concat(Stream.of(NAMESPACE), asNobody().stream())
                .filter(way -> way.works(program))
                .findFirst()
                .orElseThrow(
                        () ->
                                new PlatformException(
                                        "PostgreSQL cannot run as root, and neither unshare -U nor"
                                                + " setpriv gets rid of root here; run as an"
                                                + " ordinary user or use docker compose up"
                                                + " --build"));
    }

    /**
     * As user nobody: first just so, then with the right to pass directories that are root's alone,
     * such as root's home.
     */
    static List<Unprivileged> asNobody() {
        Optional<String> user = output(List.of("id", "-u", "nobody"));
        Optional<String> group = output(List.of("id", "-g", "nobody"));
        if (user.isEmpty() || group.isEmpty()) {
            return List.of();
        }
        List<String> plain =
                List.of(
                        "setpriv",
                        "--reuid=" + user.get(),
                        "--regid=" + group.get(),
                        "--clear-groups");
        List<String> passing = List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override");
        String owner = user.get() + ":" + group.get();
        return List.of(
                new Unprivileged(plain, owner),
                new Unprivileged(Stream.concat(plain.stream(), passing.stream()).toList(), owner));
    }

    static boolean isRoot() {
        return output(List.of("id", "-u")).equals(Optional.of(ROOT));
    }

    /** Whether a command run this way is not root's and reaches the given program. */
    boolean works(Path program) {
        Optional<String> user = output(command(List.of("id", "-u")));
        return user.isPresent()
                && !user.get().equals(ROOT)
                && output(command(List.of("test", "-x", program.toString()))).isPresent();
    }

    List<String> command(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** Gives a file, or a directory with all in it, to the one the command will run as. */
    void own(Path path) {
        if (!owner.isEmpty() && output(List.of("chown", "-R", owner, path.toString())).isEmpty()) {
            throw new PlatformException(
                    "Expected to give %s to %s but could not".formatted(path, owner));
        }
    }

    /** What a command prints; empty if it does not end well. */
    private static Optional<String> output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0
                    ? Optional.of(output.trim())
                    : Optional.empty();
        } catch (IOException e) {
            // There is no such program here.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
