package io.clew.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.clew.saga.testkit.SagaModel;
import io.clew.saga.testkit.Scope;
import io.clew.saga.testkit.Scope.Fault;
import io.clew.saga.testkit.SimulationSetup;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Explores small sagas to the end. {@code -Dfull=true} lets all that may go wrong with the block go
 * wrong in one history, not only any two of a timeout, a duplicate and a crash, which takes several
 * times as long; {@code -Dvain=N} lets transactions that do not commit hold up to N records.
 */
class ExhaustiveModelTest {
    private static final int MOST_STATES = 20_000_000;

    static Stream<Arguments> sagas() {
        return SmallSagas.all().entrySet().stream()
                .map(it -> Arguments.of(it.getKey(), it.getValue()));
    }

    static Stream<Arguments> blocks() {
        Scope block = SmallSagas.block();
        return Boolean.getBoolean("full")
                ? Stream.of(Arguments.of("block", block))
                : Stream.of(Fault.TIMEOUT, Fault.DUPLICATE, Fault.CRASH)
                        .map(it -> Arguments.of("block without " + it, block.with(it, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void shouldKeepEveryPromiseInEveryStateOfABlock(String name, Scope scope) {
        assertThat(explored(name, scope).states()).isGreaterThan(5000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sagas")
    void shouldKeepEveryPromiseInEveryState(String name, Scope scope) {
        assertThat(explored(name, scope).atRest()).isPositive();
    }

    private static SagaModel.Findings explored(String name, Scope scope) {
        Scope wider = scope.losing(Integer.getInteger("vain", scope.mostInVain()));
        SagaModel.Findings findings =
                new SagaModel(SimulationSetup.sound(), wider, MOST_STATES).explore();
        System.out.println(name + ": " + findings);
        assertThat(findings.failure())
                .as("what is wrong with %s, and the moves that led there", name)
                .isEmpty();
        assertThat(findings.complete()).as("explored to the end").isTrue();
        return findings;
    }
}
