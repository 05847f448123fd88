package io.clew.it.system;

import io.clew.platform.LocalPlatform;
import io.clew.platform.PlatformException;
import java.util.Locale;
import org.testcontainers.DockerClientFactory;

/**
 * What the tests stand on, chosen by {@code -Dclew.test.infrastructure=embedded|docker}. Both are
 * the same programs: processes of this machine from Maven Central, or containers.
 */
enum TestInfrastructure {
    EMBEDDED,
    DOCKER;

    private static final String PROPERTY = "clew.test.infrastructure";

    static TestInfrastructure chosen() {
        String name = System.getProperty(PROPERTY, "embedded");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "embedded" -> EMBEDDED;
            case "docker" -> DOCKER;
            default ->
                    throw new PlatformException(
                            "Expected -D%s=embedded or docker but got %s"
                                    .formatted(PROPERTY, name));
        };
    }

    /** Fails with one line if this cannot be used here. */
    void require() {
        if (this == DOCKER && !DockerClientFactory.instance().isDockerAvailable()) {
            throw new PlatformException(
                    "Expected Docker for -D%s=docker but its daemon does not answer"
                            .formatted(PROPERTY));
        }
    }

    /** Tells a platform to stand on it. */
    void under(LocalPlatform.Builder platform) {
        switch (this) {
            case EMBEDDED -> {}
            case DOCKER -> platform.infrastructure(DockerInfrastructure.create());
        }
    }
}
