package io.clew.language.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A checked expression, ready to run.
 *
 * @param reads the variables it reads
 * @param steps the steps whose outputs it reads
 */
public record Expression(
        String text, Evaluation evaluation, Typed typed, Set<String> reads, Set<String> steps) {

    /** What is known of the value before it is there. */
    record Typed(CelType type, List<Origin> origins, Types types) {}

    /** Whether it reads the trigger. */
    public boolean readsEvent() {
        return reads.contains(Vocabulary.EVENT);
    }

    /** Whether it gives a text or a whole number, which has one obvious text. */
    public boolean isText(boolean mayBeUnset) {
        CelType type = mayBeUnset ? Types.present(typed.type()) : typed.type();
        return type.equals(SimpleType.STRING) || type.equals(SimpleType.INT);
    }

    public boolean isCondition() {
        return typed.type().equals(SimpleType.BOOL);
    }

    public boolean isTimestamp() {
        return typed.type().equals(SimpleType.TIMESTAMP);
    }

    /** Whether it gives a list whose items have a type. */
    public boolean isList() {
        return typed.type() instanceof ListType list && !list.elemType().equals(SimpleType.DYN);
    }

    /**
     * Its value if it is the same in every saga.
     *
     * @throws io.clew.saga.MappingException if it has none
     */
    public Optional<Object> constant(Vocabulary vocabulary) {
        return reads.isEmpty() ? Optional.of(evaluate(new Values(vocabulary))) : Optional.empty();
    }

    /** Whether it reads what has arrived. */
    public boolean readsReceived() {
        return reads.contains(Vocabulary.RECEIVED);
    }

    /** Whether it reads a loop's index. */
    public boolean readsIndex() {
        return reads.contains(Vocabulary.INDEX);
    }

    /** Its type in words. */
    public String typeName() {
        return Describe.of(typed.type());
    }

    /**
     * Its value over these variables.
     *
     * @throws io.clew.saga.MappingException if it has none
     */
    public Object evaluate(Values values) {
        return evaluation.evaluate(values);
    }
}
