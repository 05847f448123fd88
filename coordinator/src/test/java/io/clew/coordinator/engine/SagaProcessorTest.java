package io.clew.coordinator.engine;

import static io.clew.coordinator.engine.TestReply.fails;
import static io.clew.coordinator.engine.TestReply.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.coordinator.wire.InstanceCodec;
import io.clew.coordinator.wire.WireHeaders;
import io.clew.saga.Incident;
import io.clew.saga.InterventionRequest;
import io.clew.saga.MappingException;
import io.clew.saga.Phase;
import io.clew.saga.Rejection;
import io.clew.saga.SagaInstance;
import io.clew.saga.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SagaProcessorTest {
    @TempDir Path stateDir;
    private CoordinatorHarness coordinator;

    @BeforeEach
    void open() {
        coordinator = new CoordinatorHarness(stateDir);
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    private void complete(String order) {
        coordinator.receivesTrigger(order);
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        coordinator.receivesReply(succeeds(coordinator.command("payment.commands")));
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
    }

    @Test
    void shouldCompleteWhenEveryStepSucceeds() {
        // when
        complete("o-1");

        // then
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.COMPLETED);
        assertThat(coordinator.sent("order.commands"))
                .extracting(Sent::what)
                .containsExactly("createOrder/action", "confirmOrder/action");
        assertThat(coordinator.sent("payment.commands"))
                .extracting(Sent::what)
                .containsExactly("chargePayment/action");
        assertThat(coordinator.sent("saga.events")).hasSize(4);
        assertThat(coordinator.sent("saga.archive")).hasSize(1);
        assertThat(coordinator.heard).isEqualTo(coordinator.transitions());
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldTakeBackWhenAStepIsRefused() {
        // given
        coordinator.receivesTrigger("o-1");
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));

        // when
        coordinator.receivesReply(fails(coordinator.command("payment.commands"), "CARD_DECLINED"));
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));

        // then
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.COMPENSATED);
        Sent back = coordinator.command("order.commands");
        assertThat(back.what()).isEqualTo("createOrder/compensation");
        assertThat(back.header(WireHeaders.COMPENSATES)).isEqualTo("1");
        assertThat(back.header(WireHeaders.DEADLINE)).isEmpty();
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldCarryTheWholeContractOnACommand() {
        // when
        coordinator.receivesTrigger("o-1");

        // then
        Sent command = coordinator.command("order.commands");
        long run = CoordinatorHarness.START.toEpochMilli();
        assertThat(command.key()).isEqualTo("order-fulfilment:o-1");
        assertThat(command.id())
                .isEqualTo("order-fulfilment:o-1/" + run + "/createOrder/action/1/1");
        assertThat(command.header(WireHeaders.TYPE)).isEqualTo("io.clew.test.Do_createOrder");
        assertThat(command.header(WireHeaders.SOURCE)).isEqualTo("/clew/order-fulfilment");
        assertThat(command.header(WireHeaders.TIME)).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(command.header(WireHeaders.DEADLINE)).isEqualTo("2026-03-01T10:30:00Z");
        assertThat(command.header(WireHeaders.REPLY_TOPIC)).isEqualTo("saga.inbox");
        assertThat(command.header(WireHeaders.REPLY_PARTITION)).isEqualTo("0");
        assertThat(command.header(WireHeaders.TRACE_PARENT)).isEqualTo("00-trace-o-1");
        assertThat(command.header(WireHeaders.TOKEN)).isEmpty();
    }

    @Test
    void shouldRejectASecondReplyAndStartNoSecondSaga() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent command = coordinator.command("order.commands");
        coordinator.receivesReply(succeeds(command));
        SagaInstance before = coordinator.instance("o-1");

        // when
        coordinator.receivesReply(succeeds(command));
        coordinator.receivesTrigger("o-1");

        // then
        assertThat(coordinator.transitions())
                .extracting(Transition::rejection)
                .endsWith(Optional.of(Rejection.NOT_OUTSTANDING), Optional.of(Rejection.KEY_TAKEN));
        assertThat(coordinator.instance("o-1")).isEqualTo(before);
        assertThat(coordinator.metrics.rejections()).isEqualTo(2);
    }

    @Test
    void shouldOnlySendAgainWhatIsOutstandingWhenTheInputIsOld() {
        // given
        coordinator.receivesTrigger("o-1");
        Sent first = coordinator.command("order.commands");
        SagaInstance ahead = coordinator.at(coordinator.instance("o-1"), 1000);
        coordinator.store().put(Keys.instance(ahead.id()), InstanceCodec.encode(ahead));
        coordinator.forgetMemory();

        // when
        coordinator.receivesReply(succeeds(first));

        // then
        assertThat(coordinator.sent("order.commands")).hasSize(2);
        assertThat(coordinator.command("order.commands").content()).isEqualTo(first.content());
        assertThat(coordinator.sent("saga.events")).hasSize(1);
        assertThat(coordinator.instance("o-1")).isEqualTo(ahead);
    }

    @Test
    void shouldKeepAnInputThatMakesTheMachineThrowUntilAnOperatorRetries() {
        // given
        coordinator.definitions.put(
                TestDefinitions.ORDER,
                TestDefinitions.order(
                        scope -> {
                            throw new MappingException("no amount");
                        }));
        coordinator.receivesTrigger("o-1");

        // when
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));

        // then
        SagaInstance stuck = coordinator.instance("o-1");
        assertThat(stuck.incident().orElseThrow().code()).isEqualTo(Incident.Code.INPUT_FAULT);
        assertThat(stuck.phase()).isEqualTo(Phase.HELD);
        assertThat(coordinator.sent("payment.commands")).isEmpty();
        coordinator.expectFoldIsStored("o-1");

        // and when
        coordinator.definitions.put(TestDefinitions.ORDER, TestDefinitions.order());
        coordinator.receivesIntervention("o-1", "op-1", new InterventionRequest.Retry());
        coordinator.advance(Duration.ofSeconds(2));

        // then
        assertThat(coordinator.command("payment.commands").what())
                .isEqualTo("chargePayment/action");
        assertThat(coordinator.instance("o-1").incident()).isEmpty();
        assertThat(coordinator.count(Keys.QUEUE)).isZero();
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldHoldOnlyThatSagaWhenOutputsAreTooLarge() {
        // given
        String large = "x".repeat(EngineSettings.DEFAULT_MAX_RECORD_BYTES);
        coordinator.definitions.put(
                TestDefinitions.ORDER, TestDefinitions.order(scope -> TestDefinitions.note(large)));
        coordinator.receivesTrigger("o-1");
        Sent create = coordinator.command("order.commands");

        // when
        coordinator.receivesReply(succeeds(create));
        coordinator.receivesTrigger("o-2");

        // then
        assertThat(coordinator.instance("o-1").phase()).isEqualTo(Phase.HELD);
        assertThat(coordinator.sent("payment.commands")).isEmpty();
        assertThat(coordinator.instance("o-2").phase()).isEqualTo(Phase.RUNNING);
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldParkAFrozenCommandUntilItsTopicIsThere() {
        // given
        coordinator.missingTopics.add("payment.commands");
        coordinator.receivesTrigger("o-1");
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        assertThat(coordinator.sent("payment.commands")).isEmpty();

        // when
        coordinator.advance(Duration.ofSeconds(30));
        coordinator.missingTopics.clear();
        coordinator.advance(Duration.ofSeconds(5));

        // then
        assertThat(coordinator.sent("payment.commands")).hasSize(1);
        Sent command = coordinator.command("payment.commands");
        assertThat(command.header(WireHeaders.ATTEMPT)).isEqualTo("1");
        assertThat(command.header(WireHeaders.TIME)).isEqualTo("2026-03-01T10:00:00Z");
        coordinator.expectFoldIsStored("o-1");
    }

    @Test
    void shouldIndexByPhaseAttributeAndIncidentAndTouchRowsOnlyWhenTheyChange() {
        // given
        coordinator.receivesTrigger("o-1");
        var running = IndexKeys.of(coordinator.instance("o-1"));
        assertThat(coordinator.count(Keys.INDEX)).isEqualTo(2).isEqualTo(running.size());

        // when
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));

        // then
        assertThat(IndexKeys.of(coordinator.instance("o-1"))).isEqualTo(running);
        coordinator.receivesReply(succeeds(coordinator.command("payment.commands")));
        coordinator.receivesReply(succeeds(coordinator.command("order.commands")));
        assertThat(coordinator.count(Keys.INDEX)).isEqualTo(2);
        assertThat(IndexKeys.of(coordinator.instance("o-1")))
                .allSatisfy(key -> assertThat(coordinator.store().get(key)).isNotNull());
    }

    @Test
    void shouldMakeTheSameCommandsFromTheSameInbox() throws IOException {
        // given
        complete("o-1");
        Path other = Files.createDirectory(stateDir.resolve("other"));

        // when
        try (CoordinatorHarness again = new CoordinatorHarness(other)) {
            again.receivesTrigger("o-1");
            again.step(Duration.ZERO);
            again.receivesReply(succeeds(again.command("order.commands")));
            again.receivesReply(succeeds(again.command("payment.commands")));

            // then
            assertThat(again.sent("order.commands"))
                    .extracting(Sent::content)
                    .isEqualTo(
                            coordinator.sent("order.commands").stream()
                                    .map(Sent::content)
                                    .toList());
            assertThat(again.command("payment.commands").content())
                    .isEqualTo(coordinator.command("payment.commands").content());
        }
    }
}
