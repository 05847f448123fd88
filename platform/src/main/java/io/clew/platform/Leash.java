package io.clew.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no child outlives this program. A normal end runs a shutdown hook that stops the
 * children, the youngest first. If this program is killed, a small shell beside it reads the end of
 * its pipe and ends them instead.
 */
final class Leash {

    private static final String WATCHDOG =
            """
            trap '' INT TERM HUP
            held=
            while read -r op pid signal; do
              case $op in
                +) held="$held $pid:$signal" ;;
                -) kept=
                   for one in $held; do
                     if [ "${one%%:*}" != "$pid" ]; then kept="$kept $one"; fi
                   done
                   held=$kept ;;
              esac
            done
            for one in $held; do
              kill -CONT "${one%%:*}" 2>/dev/null
              kill -"${one##*:}" "${one%%:*}" 2>/dev/null
            done
            for second in 1 2 3 4 5 6 7 8 9 10; do
              living=
              for one in $held; do
                if kill -0 "${one%%:*}" 2>/dev/null; then living="$living $one"; fi
              done
              held=$living
              if [ -z "$held" ]; then exit 0; fi
              sleep 1
            done
            for one in $held; do kill -KILL "${one%%:*}" 2>/dev/null; done
            """;

    private static final Leash INSTANCE = new Leash();

    private final Deque<ChildProcess> children = new ArrayDeque<>();
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private @Nullable OutputStream watchdog;

    private Leash() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAll, "stop-children"));
    }

    static Leash instance() {
        return INSTANCE;
    }

    synchronized void hold(ChildProcess child, long pid, String stopSignal) {
        children.push(child);
        tell("+ %d %s%n".formatted(pid, stopSignal));
    }

    synchronized void release(ChildProcess child, long pid) {
        children.remove(child);
        tell("- %d%n".formatted(pid));
    }

    /** Runs before the children are stopped one by one, when this program ends. */
    synchronized void beforeEnd(Runnable closer) {
        closers.push(closer);
    }

    private void stopAll() {
        List<Runnable> first;
        synchronized (this) {
            first = List.copyOf(closers);
        }
        first.forEach(Runnable::run);
        List<ChildProcess> youngestFirst;
        synchronized (this) {
            youngestFirst = List.copyOf(children);
        }
        youngestFirst.forEach(ChildProcess::stop);
    }

    private void tell(String line) {
        try {
            OutputStream pipe = watchdog == null ? startWatchdog() : watchdog;
            watchdog = pipe;
            pipe.write(line.getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        } catch (IOException e) {
            // Without its watchdog a child still ends with the shutdown hook.
            watchdog = null;
        }
    }

    private static OutputStream startWatchdog() throws IOException {
        return new ProcessBuilder("sh", "-c", WATCHDOG)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .getOutputStream();
    }
}
