package io.clew.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. Root runs it in a user namespace in which it is nobody; files
 * stay root's.
 */
final class Unprivileged {

    private static final long LIMIT_SECONDS = 10;

    private Unprivileged() {}

    /** The command as it must be started by the present user. */
    static List<String> command(List<String> command) {
        if (!"0".equals(output("id", "-u"))) {
            return command;
        }
        String inside = output("unshare", "-U", "id", "-u");
        if (inside.isEmpty() || "0".equals(inside)) {
            throw new PlatformException(
                    "PostgreSQL cannot run as root here (unshare -U is not allowed);"
                            + " run as an ordinary user or use docker compose up --build");
        }
        var wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return wrapped;
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? output.trim() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
