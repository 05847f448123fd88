package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.Loop;
import io.clew.language.expression.Values;
import io.clew.language.expression.Vocabulary;
import io.clew.language.frame.FrameReader;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import io.clew.saga.MappingScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads from what a saga knows what some expressions need, and nothing else. */
final class ScopeReader {

    private final Vocabulary vocabulary;
    private final Optional<FrameReader> event;
    private final Map<String, FrameReader> outputs;
    private final Optional<FrameReader> received;
    private final List<Loop> loops;
    private final boolean[] entered;
    private final boolean counts;

    ScopeReader(Sight sight, List<Expression> expressions) {
        this.vocabulary = sight.vocabulary();
        this.loops = sight.loops();
        this.entered = new boolean[loops.size()];
        List<Expression> needed = withLists(expressions);
        this.event =
                Optional.of(sight.event())
                        .filter(it -> needed.stream().anyMatch(Expression::readsEvent));
        this.outputs = new TreeMap<>(sight.outputs());
        this.outputs
                .keySet()
                .removeIf(step -> needed.stream().noneMatch(it -> it.steps().contains(step)));
        this.received =
                sight.received().filter(it -> needed.stream().anyMatch(Expression::readsReceived));
        this.counts = needed.stream().anyMatch(Expression::readsIndex);
    }

    /** Those that give the lists of the items that are read are needed too. */
    private List<Expression> withLists(List<Expression> expressions) {
        List<Expression> needed = new ArrayList<>(expressions);
        for (int i = loops.size() - 1; i >= 0; i--) {
            Loop loop = loops.get(i);
            entered[i] = needed.stream().anyMatch(it -> it.reads().contains(loop.as()));
            if (entered[i]) {
                loop.in().ifPresent(needed::add);
            }
        }
        return needed;
    }

    /**
     * The values of the variables.
     *
     * @throws io.clew.saga.NotYetException if a schema that a value was written with cannot be had
     *     at present
     * @throws MappingException if a value cannot be read
     */
    Values read(MappingScope scope) {
        Values values = new Values(vocabulary);
        values.setSaga(scope.saga(), scope.run(), scope.startedAt());
        scope.failure().ifPresent(values::setFailure);
        event.ifPresent(it -> values.setEvent(it.read(scope.event())));
        outputs.forEach(
                (step, reader) -> {
                    Bytes output = scope.outputs().get(step);
                    values.setOutput(step, output == null ? null : reader.read(output));
                });
        received.ifPresent(it -> values.setReceived(it.read(arrived(scope))));
        enter(scope.indices(), values);
        return values;
    }

    private static Bytes arrived(MappingScope scope) {
        return scope.received()
                .orElseThrow(
                        () -> new MappingException("Expected something received but got nothing"));
    }

    private void enter(List<Integer> indices, Values values) {
        if (indices.size() != loops.size()) {
            throw new MappingException(
                    "Expected an index for each of "
                            + loops.size()
                            + " loops but got "
                            + indices.size());
        }
        for (int i = 0; i < loops.size(); i++) {
            if (entered[i]) {
                values.enter(loops.get(i), indices.get(i));
            }
            if (counts || entered[i]) {
                values.setIndex(indices.get(i));
            }
        }
    }
}
