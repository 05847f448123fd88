package io.clew.it.system;

import com.github.dockerjava.api.DockerClient;
import io.clew.platform.Part;
import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A part in a container, which keeps its data and its port when it is started again. */
interface ContainerPart extends Part {

    Duration READY_LIMIT = Duration.ofMinutes(2);

    GenericContainer<?> container();

    /** Fails with an {@link AssertionError} while the part is not ready. */
    void probe();

    @Override
    default boolean isAlive() {
        return container().isRunning();
    }

    @Override
    default void launch() {
        if (container().getContainerId() == null) {
            container().start();
        } else {
            docker().startContainerCmd(id()).exec();
        }
    }

    @Override
    default void awaitReady() {
        Await.until(READY_LIMIT, this::probe);
    }

    @Override
    default void stop() {
        if (isAlive()) {
            wake();
            docker().stopContainerCmd(id()).exec();
        }
    }

    @Override
    default void kill() {
        if (isAlive()) {
            wake();
            docker().killContainerCmd(id()).exec();
        }
    }

    @Override
    default void suspend() {
        docker().pauseContainerCmd(id()).exec();
    }

    @Override
    default void resume() {
        docker().unpauseContainerCmd(id()).exec();
    }

    /** Removes the container with its data. */
    @Override
    default void close() {
        container().stop();
    }

    /** Docker signals no container that is paused. */
    private void wake() {
        if (Boolean.TRUE.equals(docker().inspectContainerCmd(id()).exec().getState().getPaused())) {
            resume();
        }
    }

    private String id() {
        return container().getContainerId();
    }

    private static DockerClient docker() {
        return DockerClientFactory.lazyClient();
    }
}
