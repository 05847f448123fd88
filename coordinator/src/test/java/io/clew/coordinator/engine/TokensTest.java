package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.wire.TokenKeys;
import io.clew.coordinator.wire.WireHeaders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final TokenKeys KEYS =
            new TokenKeys(Map.of("k1", "secret one", "k2", "secret two"), Optional.of("k2"));

    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;

    @BeforeEach
    void open() {
        coordinator = new CoordinatorHarness(stateDir, 1, KEYS, Optional.empty());
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    private Sent start(Optional<String> key) {
        coordinator.receivesTrigger("o-1", TestDefinitions.SCHEMA_ID, key);
        return coordinator.command("order.commands");
    }

    @Test
    void shouldTakeAReplyThatEchoesItsToken() {
        // given
        Sent command = start(Optional.of("k1"));
        assertThat(command.header(WireHeaders.TOKEN)).startsWith("k1.");

        // when
        coordinator.receivesReply(succeeds(command));

        // then
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
    }

    @Test
    void shouldMakeADeadLetterOfAReplyWithoutItsTokenOrWithAnother() {
        // given
        Sent command = start(Optional.of("k1"));

        // when
        coordinator.receivesReply(succeeds(command).without(WireHeaders.TOKEN));
        coordinator.receivesReply(succeeds(command).with(WireHeaders.TOKEN, "k1.forged"));
        coordinator.receivesReply(
                succeeds(command)
                        .with(
                                WireHeaders.TOKEN,
                                command.header(WireHeaders.TOKEN).replace("k1.", "k2.")));

        // then
        assertThat(coordinator.sent("payment.commands")).isEmpty();
        assertThat(coordinator.sent("saga.dead-letters"))
                .extracting(it -> it.header(WireHeaders.DLT_CAUSE))
                .containsExactly("BAD_TOKEN", "BAD_TOKEN", "BAD_TOKEN");
    }

    @Test
    void shouldAskNoTokenOfASagaThatStartedWithoutOne() {
        // given
        Sent command = start(Optional.empty());

        // when
        coordinator.receivesReply(succeeds(command));

        // then
        assertThat(command.header(WireHeaders.TOKEN)).isEmpty();
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
    }

    @Test
    void shouldKeepTheTriggerUntilItsTokenKeyIsConfigured() {
        // when
        coordinator.receivesTrigger("o-1", TestDefinitions.SCHEMA_ID, Optional.of("k3"));

        // then
        assertThat(coordinator.find("o-1")).isEmpty();
        assertThat(coordinator.sent("saga.dead-letters")).isEmpty();
        assertThat(coordinator.count(Keys.QUEUE)).isEqualTo(2);
    }
}
