package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.Values;
import io.clew.language.expression.Vocabulary;
import io.clew.language.frame.FrameReader;
import io.clew.language.frame.FrameWriter;
import io.clew.saga.Bytes;
import io.clew.saga.Mapping;
import io.clew.saga.MappingException;
import io.clew.saga.MappingScope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;

/** Renders one command of a step: decode what is read, evaluate, shape, encode. */
final class CommandMapping implements Mapping {

    private final Vocabulary vocabulary;
    private final FrameReader event;
    private final boolean readsEvent;
    private final Map<String, FrameReader> outputs;
    private final Template.Fields template;
    private final FrameWriter writer;

    /**
     * The mapping of a command.
     *
     * @param event reads the trigger
     * @param outputs read results by step name; only those that are read are decoded
     */
    CommandMapping(
            Vocabulary vocabulary,
            FrameReader event,
            Map<String, FrameReader> outputs,
            TemplateCompiler compiled,
            CommandTarget target) {
        this.vocabulary = vocabulary;
        this.event = event;
        List<Expression> expressions = compiled.expressions();
        this.readsEvent = expressions.stream().anyMatch(Expression::readsEvent);
        this.outputs = new TreeMap<>(outputs);
        this.outputs
                .keySet()
                .removeIf(step -> expressions.stream().noneMatch(it -> it.steps().contains(step)));
        this.template = target.template();
        this.writer = new FrameWriter(target.schema().id(), target.schema().schema());
    }

    /** What is made: a template and the pinned schema it is written with. */
    record CommandTarget(PinnedSchema schema, Template.Fields template) {}

    @Override
    public Bytes render(MappingScope scope) {
        Values values = new Values(vocabulary);
        values.setSaga(scope.saga(), scope.run(), scope.startedAt());
        scope.failure().ifPresent(values::setFailure);
        if (readsEvent) {
            values.setEvent(event.read(scope.event()));
        }
        outputs.forEach(
                (step, reader) -> {
                    Bytes output = scope.outputs().get(step);
                    values.setOutput(step, output == null ? null : reader.read(output));
                });
        try {
            return writer.write(template.make(values));
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new MappingException("Expected a value of the command's schema but: " + e, e);
        }
    }
}
