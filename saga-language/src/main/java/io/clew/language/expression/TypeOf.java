package io.clew.language.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import java.util.Optional;

/** The types that a check has found. */
@FunctionalInterface
interface TypeOf {

    /** The type of a part of the checked expression. */
    Optional<CelType> of(CelExpr expr);
}
