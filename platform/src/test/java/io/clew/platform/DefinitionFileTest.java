package io.clew.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFileTest {

    @TempDir private Path directory;

    @Test
    void shouldReadNameAndVersionFromYamlAndJson() throws Exception {
        // given
        Path yaml = directory.resolve("a.yaml");
        Path json = directory.resolve("b.json");
        Files.writeString(yaml, "# the saga\nsaga: order-fulfilment\nversion: 12\n");
        Files.writeString(json, "{\n  \"saga\": \"invoicing\",\n  \"version\": 3\n}\n");

        // then
        assertThat(DefinitionFile.read(yaml).name()).isEqualTo("order-fulfilment");
        assertThat(DefinitionFile.read(yaml).version()).isEqualTo("12");
        assertThat(DefinitionFile.read(json).name()).isEqualTo("invoicing");
        assertThat(DefinitionFile.read(json).version()).isEqualTo("3");
    }

    @Test
    void shouldSayThatNobodyTookTheDefinition() throws Exception {
        // given
        Path yaml = directory.resolve("a.yaml");
        Files.writeString(yaml, "saga: order-fulfilment\nversion: 1\n");
        String nobody = "http://127.0.0.1:" + Ports.free();

        // then
        assertThatThrownBy(() -> DefinitionFile.read(yaml).applyTo(nobody, Duration.ofMillis(400)))
                .isInstanceOf(PlatformException.class)
                .hasMessageStartingWith("Expected " + nobody)
                .hasMessageEndingWith("but got: no answer");
    }
}
