package io.clew.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintTest {

    @TempDir private Path directory;

    @Test
    void shouldSumTheFilesOfAllDirectories() throws IOException {
        // given
        Path inner = Files.createDirectories(directory.resolve("a/b"));
        Files.write(directory.resolve("one"), new byte[10]);
        Files.write(inner.resolve("two"), new byte[5]);

        // then
        assertThat(Footprint.bytes(directory)).isEqualTo(15);
        assertThat(Footprint.bytes(directory.resolve("nowhere"))).isZero();
    }
}
