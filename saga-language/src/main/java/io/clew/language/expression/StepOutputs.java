package io.clew.language.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.values.StructValue;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The outputs of steps by step name: {@code steps} in an expression. */
final class StepOutputs extends StructValue<String, Object> {

    @SuppressWarnings("Immutable") // Filled before it is handed in, then only read.
    private final Map<String, AvroStruct> outputs;

    StepOutputs(Map<String, AvroStruct> outputs) {
        this.outputs = outputs;
    }

    @Override
    public Object select(String step) {
        return find(step)
                .orElseThrow(
                        () -> new NoSuchElementException("Expected an output of step " + step));
    }

    @Override
    public Optional<Object> find(String step) {
        return Optional.ofNullable(outputs.get(step));
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return outputs.isEmpty();
    }

    @Override
    public CelType celType() {
        return StructTypeReference.create(Types.STEPS);
    }
}
