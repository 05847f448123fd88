package io.clew.language;

import io.clew.language.expression.Values;
import io.clew.language.frame.FrameWriter;
import io.clew.saga.Bytes;
import io.clew.saga.Mapping;
import io.clew.saga.MappingException;
import io.clew.saga.MappingScope;
import org.apache.avro.AvroRuntimeException;

/** Renders one command of a step, or a result: decode what is read, evaluate, shape, encode. */
final class CommandMapping implements Mapping {

    private final ScopeReader reader;
    private final Template.Fields template;
    private final FrameWriter writer;

    CommandMapping(ScopeReader reader, CommandTarget target) {
        this.reader = reader;
        this.template = target.template();
        this.writer = new FrameWriter(target.schema().id(), target.schema().schema());
    }

    /** What is made: a template and the pinned schema it is written with. */
    record CommandTarget(PinnedSchema schema, Template.Fields template) {}

    @Override
    public Bytes render(MappingScope scope) {
        Values values = reader.read(scope);
        try {
            return writer.write(template.make(values));
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new MappingException("Expected a value of the pinned schema but: " + e, e);
        }
    }
}
