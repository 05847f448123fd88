package io.clew.platform.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.platform.PlatformHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClewScriptTest {

    @TempDir private Path directory;

    private record Ended(int status, String output) {}

    @Test
    void shouldSayInOneLineThatTheDiskIsTooFull() throws Exception {
        // when
        Ended ended = clew(Map.of("CLEW_MIN_FREE_MB", "999999999"), "up");

        // then
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output().lines())
                .singleElement()
                .asString()
                .startsWith("clew: too little free disk at " + directory)
                .contains("999999999 MB are needed");
    }

    @Test
    void shouldShowEveryCommandWithoutAnyBuild() throws Exception {
        // when
        Ended ended = clew(Map.of("PATH", "/usr/bin:/bin"), "--help");

        // then
        assertThat(ended.status()).isZero();
        assertThat(ended.output()).contains("up [--detach]", "demo", "reset", "test");
    }

    @Test
    void shouldRefuseAnUnknownCommand() throws Exception {
        // when
        Ended ended = clew(Map.of(), "fly");

        // then
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).startsWith("clew: there is no command 'fly'");
    }

    private Ended clew(Map<String, String> environment, String argument) throws Exception {
        Path output = directory.resolve("output.txt");
        var builder =
                new ProcessBuilder(PlatformHome.repository().resolve("clew").toString(), argument);
        builder.environment().put("CLEW_HOME", directory.toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
