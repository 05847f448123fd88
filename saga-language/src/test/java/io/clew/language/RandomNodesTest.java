package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.saga.Await;
import io.clew.saga.Bytes;
import io.clew.saga.Choice;
import io.clew.saga.CommandSpec;
import io.clew.saga.Delay;
import io.clew.saga.ForEach;
import io.clew.saga.MappingScope;
import io.clew.saga.Node;
import io.clew.saga.Parallel;
import io.clew.saga.Savepoint;
import io.clew.saga.Sequence;
import io.clew.saga.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever nodes a definition has: compiled again from its canonical text it is the same. */
class RandomNodesTest {

    private static final int DEFINITIONS = 150;

    private final Warehouse warehouse = new Warehouse();
    private final Fixtures registry = warehouse.registry;
    private final Bytes arrived = warehouse.pickedUp("o-1", "z-9", List.of("sku-a"));
    private final Bytes approved = warehouse.approved("ada");

    @Test
    void shouldRecompileToTheSameModel() throws Exception {
        long seed = Long.getLong("seed", 11);
        Random random = new Random(seed);
        for (int i = 0; i < DEFINITIONS; i++) {
            // given
            String source = new ObjectMapper().writeValueAsString(new RandomNodes(random).saga());

            // when
            CompiledDefinition first = registry.accepted(source);
            CompiledDefinition second =
                    new DefinitionCompiler()
                            .recompile(first.canonical(), first.schemas(), registry);

            // then
            assertThat(second.canonical())
                    .describedAs("seed %d, round %d: %s", seed, i, source)
                    .isEqualTo(first.canonical());
            assertThat(second.schemas()).isEqualTo(first.schemas());
            assertThat(everything(second))
                    .describedAs("seed %d, round %d: %s", seed, i, source)
                    .isEqualTo(everything(first));
        }
    }

    private List<Object> everything(CompiledDefinition compiled) {
        MappingScope scope =
                Fixtures.scope(
                        registry.orderPlaced(),
                        Map.of("first", warehouse.stockReserved("sku-a", "r-1")));
        List<Object> all = new ArrayList<>();
        add(compiled.definition().root(), scope, all);
        compiled.awaits().forEach(it -> all.add(it.name() + it.key(arrived)));
        compiled.definition()
                .result()
                .ifPresent(it -> all.add(it.type() + it.mapping().render(scope)));
        return all;
    }

    private void add(Sequence sequence, MappingScope scope, List<Object> all) {
        for (Node node : sequence.nodes()) {
            switch (node) {
                case Step step -> {
                    all.add(step.name() + step.kind() + step.onFailure());
                    step.when().ifPresent(it -> all.add(it.of(scope)));
                    all.add(step.action().mapping().render(scope));
                    step.compensation().ifPresent(it -> add(it, scope, all));
                }
                case Await await -> add(await, scope, all);
                case Delay(String name, Delay.Until.At(var at)) -> all.add(name + at.of(scope));
                case Delay delay -> all.add(delay);
                case Savepoint savepoint -> all.add(savepoint);
                case Choice(String id, List<Choice.Arm> arms) -> {
                    all.add(id);
                    arms.forEach(arm -> add(arm, scope, all));
                }
                case Parallel(String id, List<Parallel.Branch> branches) -> {
                    all.add(id);
                    branches.forEach(branch -> add(branch.steps(), scope, all));
                }
                case ForEach loop -> add(loop, scope, all);
            }
        }
    }

    private void add(Await await, MappingScope scope, List<Object> all) {
        boolean signal = await.type().endsWith("Approved");
        MappingScope seen = Fixtures.received(scope, signal ? approved : arrived);
        all.add(await.name() + await.channel() + await.timeout() + await.onFailure());
        await.match().ifPresent(it -> all.add(it.of(seen)));
        await.compensation().ifPresent(it -> add(it, seen, all));
    }

    private void add(Choice.Arm arm, MappingScope scope, List<Object> all) {
        all.add(arm.name());
        arm.when().ifPresent(it -> all.add(it.of(scope)));
        add(arm.steps(), scope, all);
    }

    private void add(ForEach loop, MappingScope scope, List<Object> all) {
        int items = loop.items().of(scope);
        all.add(loop.id() + items + loop.concurrency());
        for (int i = 0; i < items; i++) {
            List<Integer> indices = new ArrayList<>(scope.indices());
            indices.add(i);
            add(loop.steps(), Fixtures.at(scope, indices.toArray(Integer[]::new)), all);
        }
    }

    private static void add(CommandSpec command, MappingScope scope, List<Object> all) {
        all.add(command.participant() + command.timeout() + command.retry());
        all.add(command.mapping().render(scope));
    }
}
