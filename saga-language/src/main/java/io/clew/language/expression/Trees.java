package io.clew.language.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small questions about expression trees. */
final class Trees {

    static final String CONDITIONAL = "_?_:_";
    static final String AND = "_&&_";
    static final String INDEX = "_[_]";
    static final String OPTIONAL_SELECT = "_?._";

    private Trees() {}

    /** The parts directly below an expression. */
    static List<CelExpr> children(CelExpr expr) {
        List<CelExpr> children = new ArrayList<>();
        switch (expr.getKind()) {
            case SELECT -> children.add(expr.select().operand());
            case CALL -> {
                expr.call().target().ifPresent(children::add);
                children.addAll(expr.call().args());
            }
            case LIST -> children.addAll(expr.list().elements());
            case STRUCT -> expr.struct().entries().forEach(it -> children.add(it.value()));
            case MAP ->
                    expr.map()
                            .entries()
                            .forEach(
                                    it -> {
                                        children.add(it.key());
                                        children.add(it.value());
                                    });
            case COMPREHENSION -> {
                children.add(expr.comprehension().iterRange());
                children.add(expr.comprehension().accuInit());
                children.add(expr.comprehension().loopCondition());
                children.add(expr.comprehension().loopStep());
                children.add(expr.comprehension().result());
            }
            case NOT_SET, CONSTANT, IDENT -> {}
        }
        return children;
    }

    static boolean isCall(CelExpr expr, String function) {
        return expr.getKind() == CelExpr.ExprKind.Kind.CALL
                && expr.call().function().equals(function);
    }

    static Optional<String> ident(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? Optional.of(expr.ident().name())
                : Optional.empty();
    }

    static Optional<String> stringConstant(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expr.constant().stringValue())
                : Optional.empty();
    }

    /** The field that is read directly from a variable, with or without {@code ?}. */
    static Optional<String> fieldOf(CelExpr expr, String variable) {
        if (expr.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            return ident(expr.select().operand())
                    .filter(variable::equals)
                    .map(it -> expr.select().field());
        }
        return isCall(expr, OPTIONAL_SELECT)
                ? ident(expr.call().args().get(0))
                        .filter(variable::equals)
                        .flatMap(it -> stringConstant(expr.call().args().get(1)))
                : Optional.empty();
    }

    /** A plain path such as {@code event.address.city} as text; empty for anything else. */
    static Optional<String> path(CelExpr expr) {
        if (expr.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            return path(expr.select().operand()).map(it -> it + "." + expr.select().field());
        }
        return ident(expr);
    }
}
