package io.clew.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.platform.KafkaBroker;
import io.clew.platform.Topics;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances on a real broker share out the partitions. */
class ShareTest {
    private static final int PARTITIONS = 2;

    @TempDir static Path directory;
    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start(directory.resolve("kafka"));
        Topics.ensure(broker.bootstrapServers(), PARTITIONS);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static SagaEngine instance(String name) {
        Path state = directory.resolve(name);
        return new LiveEngine(broker.bootstrapServers(), state, PARTITIONS)
                .create(ref -> Optional.empty());
    }

    private static void startAndAwaitShare(SagaEngine engine) throws Exception {
        assertThat(engine.waitsForShare()).contains("the engine has not started");
        engine.start();
        Await.until(() -> engine.waitsForShare().isEmpty());
    }

    @Test
    void shouldHaveItsShareOnlyOnceItOwnsAPartitionOrNoneIsToBeHad() throws Exception {
        try (SagaEngine first = instance("first");
                SagaEngine second = instance("second");
                SagaEngine third = instance("third")) {
            // when
            startAndAwaitShare(first);

            // then
            assertThat(first.progress().all()).hasSize(PARTITIONS);

            // and when
            startAndAwaitShare(second);

            // then
            assertThat(second.progress().all()).hasSize(1);
            Await.until(() -> first.waitsForShare().isEmpty());
            assertThat(first.progress().all()).hasSize(1);

            // and when
            startAndAwaitShare(third);

            // then
            Await.until(() -> first.waitsForShare().isEmpty() && second.waitsForShare().isEmpty());
            assertThat(first.progress().all().size() + second.progress().all().size())
                    .isLessThanOrEqualTo(PARTITIONS);
        }
    }
}
