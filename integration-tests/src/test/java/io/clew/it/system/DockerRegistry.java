package io.clew.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.platform.Infrastructure;
import java.io.UncheckedIOException;
import org.testcontainers.containers.GenericContainer;

/** Apicurio Registry in a container; it keeps its schemas on the broker. */
record DockerRegistry(GenericContainer<?> container, int port)
        implements ContainerPart, Infrastructure.Registry {

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public String confluentUrl() {
        return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
    }

    /** Ready is who takes the rule that every schema must obey. */
    @Override
    public void probe() {
        try {
            Rest.Answer answer =
                    new Rest(confluentUrl())
                            .put(
                                    "/config",
                                    "application/vnd.schemaregistry.v1+json",
                                    "{\"compatibility\":\"FULL_TRANSITIVE\"}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        } catch (UncheckedIOException notYet) {
            throw new AssertionError(notYet);
        }
    }
}
