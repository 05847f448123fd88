package io.clew.language.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import io.clew.saga.MappingException;

/** An expression that CEL runs. */
record CelProgram(String text, Program program) implements Evaluation {

    @Override
    public Object evaluate(Values values) {
        try {
            return program.eval(values);
        } catch (CelEvaluationException e) {
            throw new MappingException(
                    "Expected a value of '" + text + "' but: " + e.getMessage(), e);
        }
    }
}
