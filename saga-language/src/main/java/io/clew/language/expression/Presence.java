package io.clew.language.expression;

import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Sees to it that whatever may be unset is read with {@code ?}, or after {@code has()}. */
final class Presence {

    private final TypeOf checked;
    private final Types types;
    private final Consumer<Problem> problems;

    Presence(TypeOf checked, Types types, Consumer<Problem> problems) {
        this.checked = checked;
        this.types = types;
        this.problems = problems;
    }

    void check(CelExpr expr) {
        check(expr, Set.of());
    }

    private void check(CelExpr expr, Set<String> present) {
        if (expr.getKind() == CelExpr.ExprKind.Kind.SELECT && !expr.select().testOnly()) {
            checkSelect(expr, present);
        }
        if (Trees.isCall(expr, Trees.CONDITIONAL) || Trees.isCall(expr, Trees.AND)) {
            CelExpr condition = expr.call().args().get(0);
            check(condition, present);
            Set<String> tested = new HashSet<>(present);
            addTested(condition, tested);
            check(expr.call().args().get(1), tested);
            expr.call().args().stream().skip(2).forEach(it -> check(it, present));
            return;
        }
        Trees.children(expr).forEach(it -> check(it, present));
    }

    private void checkSelect(CelExpr expr, Set<String> present) {
        CelExpr operand = expr.select().operand();
        String field = expr.select().field();
        boolean unset =
                checked.of(operand)
                        .flatMap(types::struct)
                        .filter(struct -> struct.mayBeUnset(field))
                        .isPresent();
        Optional<String> path = Trees.path(expr);
        if (unset && !path.filter(present::contains).isPresent()) {
            String owner = path.map(it -> it.substring(0, it.lastIndexOf('.'))).orElse("…");
            problems.accept(
                    Problem.fault(
                            "Expected a value that is always there but '"
                                    + field
                                    + "' may be unset",
                            "Write "
                                    + owner
                                    + ".?"
                                    + field
                                    + ", or "
                                    + owner
                                    + ".?"
                                    + field
                                    + ".orValue(…)"));
        }
    }

    private static void addTested(CelExpr condition, Set<String> tested) {
        if (Trees.isCall(condition, Trees.AND)) {
            condition.call().args().forEach(it -> addTested(it, tested));
        } else if (condition.getKind() == CelExpr.ExprKind.Kind.SELECT
                && condition.select().testOnly()) {
            Trees.path(condition).ifPresent(tested::add);
        }
    }
}
