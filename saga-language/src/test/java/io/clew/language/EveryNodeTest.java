package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Channel;
import io.clew.saga.Choice;
import io.clew.saga.Delay;
import io.clew.saga.FailurePolicy;
import io.clew.saga.ForEach;
import io.clew.saga.MappingException;
import io.clew.saga.MappingScope;
import io.clew.saga.Node;
import io.clew.saga.Parallel;
import io.clew.saga.ResultSpec;
import io.clew.saga.Savepoint;
import io.clew.saga.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A definition of every node there is: the model that comes out, and what it makes of data. */
class EveryNodeTest {

    private final Warehouse warehouse = new Warehouse();
    private final CompiledDefinition compiled =
            warehouse.registry.accepted(Fixtures.resource("/every-node.yaml"));
    private final List<Node> nodes = compiled.definition().root().nodes();
    private final MappingScope scope =
            Fixtures.scope(
                    warehouse.registry.orderPlaced(),
                    Map.of("reserveStock", warehouse.stockReserved("sku-b", "r-2")));

    @Test
    void shouldCompileTheModel() {
        assertThat(nodes)
                .extracting(node -> node.getClass().getSimpleName())
                .containsExactly(
                        "Step", "Savepoint", "Step", "Choice", "Parallel", "Delay", "Step", "Step");
        assertThat(nodes.get(1)).isEqualTo(new Savepoint("beforePayment"));
        Step charge = (Step) nodes.get(2);
        assertThat(charge.onFailure())
                .isEqualTo(
                        Map.of(
                                "CARD_DECLINED",
                                new FailurePolicy.RollbackTo("beforePayment", 2),
                                "GOODWILL",
                                new FailurePolicy.Continue(),
                                "BUSY",
                                new FailurePolicy.Retry(3)));
        assertThat(compiled.schemas())
                .extracting(PinnedSchema::subject)
                .contains(
                        "warehouse.events-io.acme.PickedUp",
                        "saga.inbox-io.acme.Approved",
                        "warehouse.commands-io.acme.ReturnToShelf");
    }

    @Test
    void shouldTakeTheArmWhoseConditionHolds() {
        // given
        Choice choice = (Choice) nodes.get(3);

        // when / then
        assertThat(choice.id()).isEqualTo("choice#1");
        assertThat(choice.arms()).extracting(Choice.Arm::name).containsExactly("large", "else");
        assertThat(choice.arms().get(0).when().orElseThrow().of(scope)).isTrue();
        assertThat(choice.arms().get(1).when()).isEmpty();
        assertThat(choice.arms().get(1).steps().nodes())
                .containsExactly(
                        new Delay("coolingOff", new Delay.Until.After(Duration.ofHours(2))));
    }

    @Test
    void shouldWaitForASignal() {
        // given
        Choice choice = (Choice) nodes.get(3);

        // when
        Await approval = (Await) choice.arms().get(0).steps().nodes().get(0);

        // then
        assertThat(approval)
                .isEqualTo(
                        new Await(
                                "approval",
                                new Channel.Signal("approval"),
                                "io.acme.Approved",
                                Optional.empty(),
                                Optional.of(Duration.ofDays(1)),
                                Optional.empty(),
                                Map.of("TIMED_OUT", new FailurePolicy.Continue())));
    }

    @Test
    void shouldMakeCommandsOfItems() {
        // given
        Parallel parallel = (Parallel) nodes.get(4);
        ForEach loop = (ForEach) parallel.branches().get(0).steps().nodes().get(0);
        Step reserve = (Step) loop.steps().nodes().get(0);
        MappingScope second = Fixtures.at(scope, 1);

        // when / then
        assertThat(parallel.id()).isEqualTo("parallel#1");
        assertThat(loop.id()).isEqualTo("forEach#1");
        assertThat(loop.concurrency()).isEqualTo(4);
        assertThat(loop.items().of(scope)).isEqualTo(2);
        assertThat(warehouse.shown(reserve.action().mapping().render(second)))
                .isEqualTo(
                        "{\"orderId\": \"o-1\", \"sku\": \"sku-b\", \"quantity\": 1,"
                                + " \"position\": 1}");
        assertThat(warehouse.shown(reserve.compensation().orElseThrow().mapping().render(second)))
                .isEqualTo(
                        "{\"sku\": \"sku-b\", \"reservation\": \"r-2\", \"reason\":"
                                + " \"OUT_OF_STOCK\"}");
    }

    @Test
    void shouldSayThatAnItemIsNotThere() {
        // given
        Step reserve = compiled.definition().step("reserveStock[7]");

        // when / then
        assertThatThrownBy(() -> reserve.action().mapping().render(Fixtures.at(scope, 7)))
                .isInstanceOf(MappingException.class)
                .hasMessage("Expected item 7 of 'event.lines' but there are 2");
        assertThatThrownBy(() -> reserve.action().mapping().render(scope))
                .isInstanceOf(MappingException.class)
                .hasMessage("Expected an index for each of 1 loops but got 0");
    }

    @Test
    void shouldMatchWhatIsAwaitedAndTakeItBack() {
        // given
        Await pickedUp = compiled.definition().awaits().get(1);
        Bytes both = warehouse.pickedUp("o-1", "z-9", List.of("sku-a", "sku-b"));
        Bytes one = warehouse.pickedUp("o-1", "z-9", List.of("sku-a"));

        // when / then
        assertThat(pickedUp.channel()).isEqualTo(new Channel.Topic("warehouse.events"));
        assertThat(pickedUp.type()).isEqualTo("io.acme.PickedUp");
        assertThat(pickedUp.timeout()).isEqualTo(Optional.of(Duration.ofDays(2)));
        assertThat(pickedUp.match().orElseThrow().of(Fixtures.received(scope, both))).isTrue();
        assertThat(pickedUp.match().orElseThrow().of(Fixtures.received(scope, one))).isFalse();
        assertThatThrownBy(() -> pickedUp.match().orElseThrow().of(scope))
                .isInstanceOf(MappingException.class)
                .hasMessage("Expected something received but got nothing");
        assertThat(pickedUp.compensation().orElseThrow().participant()).isEqualTo("warehouse");
        assertThat(pickedUp.compensation().orElseThrow().timeout())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(
                        warehouse.shown(
                                pickedUp.compensation()
                                        .orElseThrow()
                                        .mapping()
                                        .render(Fixtures.received(scope, both))))
                .isEqualTo("{\"shelf\": \"z-9\", \"count\": 2}");
    }

    @Test
    void shouldSayWhichSagaAnEventIsFor() {
        // when
        AwaitSpec pickedUp = compiled.awaits().get(0);

        // then
        assertThat(compiled.awaits()).hasSize(1);
        assertThat(pickedUp.name()).isEqualTo("pickedUp");
        assertThat(pickedUp.topic()).isEqualTo("warehouse.events");
        assertThat(pickedUp.eventType()).isEqualTo("io.acme.PickedUp");
        assertThat(pickedUp.key(warehouse.pickedUp("o-7", "z-9", List.of()))).isEqualTo("o-7");
        assertThatThrownBy(() -> pickedUp.key(warehouse.pickedUp("", "z-9", List.of())))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("'received.orderId'")
                .hasMessageContaining("1 to 200 bytes but got 0");
        assertThatThrownBy(() -> pickedUp.key(warehouse.registry.orderPlaced()))
                .isInstanceOf(MappingException.class);
    }

    @Test
    void shouldExecuteAStepOnlyWhen() {
        // given
        Step label = compiled.definition().step("printLabel");

        // when / then
        assertThat(label.when().orElseThrow().of(scope)).isTrue();
    }

    @Test
    void shouldSayWhatHasComeOfIt() {
        // given
        ResultSpec result = compiled.definition().result().orElseThrow();
        MappingScope done =
                Fixtures.scope(
                        warehouse.registry.orderPlaced(),
                        Map.of("pickedUp", warehouse.pickedUp("o-1", "z-9", List.of())));

        // when / then
        assertThat(result.type()).isEqualTo("io.acme.StockReserved");
        assertThat(warehouse.shown(result.mapping().render(done)))
                .isEqualTo(
                        "{\"sku\": \"z-9\", \"reservation\":"
                                + " \"nobody order-fulfilment:o-1\"}");
        assertThatThrownBy(
                        () ->
                                result.mapping()
                                        .render(
                                                Fixtures.scope(
                                                        warehouse.registry.orderPlaced(),
                                                        Map.of())))
                .isInstanceOf(MappingException.class);
    }

    @Test
    void shouldWaitUntilAnInstant() {
        // given
        Delay delay = (Delay) nodes.get(5);

        // when / then
        assertThat(((Delay.Until.At) delay.until()).instant().of(scope))
                .isEqualTo(Fixtures.STARTED.plus(Duration.ofHours(24)));
    }

    @Test
    void shouldReadWhatIsThereAndWhatMayBe() {
        // given
        Step tell = compiled.definition().step("tellAll");
        Bytes picked = warehouse.pickedUp("o-1", "z-9", List.of());
        MappingScope little =
                Fixtures.scope(warehouse.registry.orderPlaced(), Map.of("pickedUp", picked));
        MappingScope all =
                Fixtures.scope(
                        warehouse.registry.orderPlaced(),
                        Map.of(
                                "pickedUp", picked,
                                "approval", warehouse.approved("ada"),
                                "chargePayment", warehouse.registry.paymentCharged()));

        // when / then
        assertThat(warehouse.shown(tell.action().mapping().render(little)))
                .isEqualTo("{\"text\": \"z-9 nobody unpaid\"}");
        assertThat(warehouse.shown(tell.action().mapping().render(all)))
                .isEqualTo("{\"text\": \"z-9 ada p-9\"}");
    }
}
