package io.clew.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeashTest {

    @TempDir private Path directory;

    @Test
    void shouldEndTheChildWhenTheLauncherIsKilled() throws Exception {
        // given
        Process launcher = launch();
        ProcessHandle child = childOf(launcher);
        assertThat(child.isAlive()).isTrue();

        // when
        launcher.destroyForcibly();

        // then
        assertThat(child.onExit().get(20, TimeUnit.SECONDS)).isEqualTo(child);
    }

    @Test
    void shouldEndTheChildWhenTheLauncherIsAskedToEnd() throws Exception {
        // given
        Process launcher = launch();
        ProcessHandle child = childOf(launcher);

        // when
        launcher.destroy();

        // then
        assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.isAlive()).isFalse();
    }

    /** A program that holds one child; prints the child's process id and waits. */
    static final class Launcher {

        private Launcher() {}

        public static void main(String[] args) throws InterruptedException {
            var child =
                    new ChildProcess(
                            new ChildProcess.Spec(
                                    "sleeper",
                                    () -> List.of("sleep", "600"),
                                    Map.of(),
                                    Path.of(args[0]),
                                    "TERM"));
            child.start();
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }

    private Process launch() throws Exception {
        return new ProcessBuilder(
                        Jdk.java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        directory.resolve("sleeper.log").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ProcessHandle childOf(Process launcher) throws Exception {
        BufferedReader output = launcher.inputReader();
        return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    }
}
