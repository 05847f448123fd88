package io.clew.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.Bytes;
import io.clew.saga.Command;
import io.clew.saga.Execution;
import io.clew.saga.FrozenCommand;
import io.clew.saga.SagaId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class CommandWriterTest {
    private final CommandWriter commands =
            new CommandWriter(
                    new Inbox("saga.inbox", 4), new TokenKeys(Map.of(), Optional.empty()));

    @Test
    void shouldNameTheActionThatACompensationTakesBack() {
        assertThat(compensates(Execution.compensation("ship", 2, 3), false)).contains("3");
        assertThat(compensates(Execution.action("ship", 3), false)).isEmpty();
    }

    @Test
    void shouldNameNoActionWhenAnEventIsTakenBack() {
        assertThat(compensates(Execution.compensation("shipped", 1, 1), true)).isEmpty();
    }

    private Optional<String> compensates(Execution execution, boolean takesBackEvent) {
        FrozenCommand content =
                new FrozenCommand(
                        "warehouse",
                        "warehouse.commands",
                        "io.acme.ReturnToShelf",
                        Bytes.utf8("value"),
                        Instant.EPOCH,
                        Optional.empty(),
                        takesBackEvent);
        OutRecord out =
                commands.write(
                        new Command(
                                SagaId.of("trip", "t-1"),
                                1_000,
                                "trip",
                                execution,
                                1,
                                content,
                                1,
                                Optional.empty(),
                                Optional.empty()));
        return Optional.ofNullable(out.headers().lastHeader(WireHeaders.COMPENSATES))
                .map(Header::value)
                .map(it -> new String(it, StandardCharsets.UTF_8));
    }
}
