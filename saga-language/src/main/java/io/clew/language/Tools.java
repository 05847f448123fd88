package io.clew.language;

import io.clew.language.expression.ExpressionCompiler;

/** What the compilers of one definition work with. */
record Tools(
        Schemas schemas,
        Sights sights,
        ExpressionCompiler expressions,
        TypedExpressions typed,
        Faults faults) {}
