package io.clew.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryProcessTest {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    @TempDir private Path directory;

    @Test
    void shouldKeepSchemasOnTheBrokerWhenKilledAndRefuseIncompatibleOnes() {
        try (KafkaBroker broker = KafkaBroker.start(directory.resolve("kafka"));
                RegistryProcess registry =
                        RegistryProcess.builder(directory)
                                .bootstrapServers(broker.bootstrapServers())
                                .start()) {
            // given
            assertThat(register(registry, "{\"name\":\"a\",\"type\":\"string\"}").status())
                    .isEqualTo(200);

            // when
            registry.kill();
            registry.start();

            // then
            assertThat(Http.get(registry.confluentUrl() + "/subjects").orElseThrow().body())
                    .contains("t-io.clew.A");
            assertThat(register(registry, "{\"name\":\"b\",\"type\":\"int\"}").status())
                    .isEqualTo(409);
        }
    }

    private static Http.Answer register(RegistryProcess registry, String field) {
        String schema =
                "{\"type\":\"record\",\"name\":\"A\",\"namespace\":\"io.clew\",\"fields\":[%s]}"
                        .formatted(field);
        return Http.send(
                        "POST",
                        registry.confluentUrl() + "/subjects/t-io.clew.A/versions",
                        MEDIA_TYPE,
                        "{\"schema\":\"%s\"}".formatted(schema.replace("\"", "\\\"")))
                .orElseThrow();
    }
}
