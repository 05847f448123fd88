package io.clew.language;

import io.clew.language.NodeForm.ArmForm;
import io.clew.language.NodeForm.ChoiceForm;
import io.clew.language.expression.Expression;
import io.clew.saga.Formula;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes conditions, and tells of those that decide nothing. */
final class ConditionCompiler {

    private final Tools tools;

    ConditionCompiler(Tools tools) {
        this.tools = tools;
    }

    Optional<Formula<Boolean>> ofStep(Located<String> when, String step, Sight sight) {
        return compile(when, sight, "step " + step + " is never executed");
    }

    Optional<Formula<Boolean>> ofMatch(Located<String> match, String await, Sight sight) {
        return compile(match, sight, "nothing that arrives is what " + await + " waits for");
    }

    private Optional<Formula<Boolean>> compile(
            Located<String> source, Sight sight, String otherwise) {
        Optional<Expression> condition = tools.typed().condition(source, sight.vocabulary());
        Optional<Boolean> always = condition.flatMap(it -> always(it, source, sight));
        if (always.equals(Optional.of(false))) {
            error(
                    source,
                    "Expected a condition that can hold but it is always false: " + otherwise,
                    "Mend the condition");
        }
        if (always.equals(Optional.of(true))) {
            tools.faults()
                    .warning(
                            source.place(),
                            source.path(),
                            "Expected a condition that may not hold but it is always true",
                            "Leave it out");
        }
        return condition.map(it -> ExpressionFormula.condition(it, sight));
    }

    /** The conditions of a choice's arms, in their order; one that is missing has left a fault. */
    List<Optional<Formula<Boolean>>> ofArms(ChoiceForm choice, Sight sight) {
        Map<String, String> armByCondition = new HashMap<>();
        Optional<String> taken = Optional.empty();
        List<Optional<Formula<Boolean>>> conditions = new ArrayList<>();
        for (ArmForm arm : choice.arms()) {
            Optional<Located<String>> when = arm.when();
            taken.ifPresent(it -> unreachable(arm, "comes after " + it + ", which always is"));
            Optional<Expression> condition =
                    when.flatMap(it -> tools.typed().condition(it, sight.vocabulary()));
            Optional<Boolean> always = condition.flatMap(it -> always(it, when.get(), sight));
            if (always.equals(Optional.of(false))) {
                unreachable(arm, "has a condition that is always false");
            } else if (always.equals(Optional.of(true)) && taken.isEmpty()) {
                taken = Optional.of(arm.name().value());
            }
            condition.ifPresent(it -> checkRepeated(arm, it.text(), armByCondition));
            conditions.add(condition.map(it -> ExpressionFormula.condition(it, sight)));
        }
        return conditions;
    }

    private void checkRepeated(ArmForm arm, String condition, Map<String, String> armByCondition) {
        String first = armByCondition.putIfAbsent(condition, arm.name().value());
        if (first != null) {
            unreachable(arm, "has the same condition as " + first + " before it");
        }
    }

    private void unreachable(ArmForm arm, String why) {
        error(
                arm.name(),
                "Expected an arm that can be taken but " + arm.name().value() + " " + why,
                "Mend the conditions, or leave the arm out");
    }

    private Optional<Boolean> always(Expression condition, Located<String> source, Sight sight) {
        return tools.typed().always(condition, source, sight.vocabulary());
    }

    private void error(Located<String> at, String message, String remedy) {
        tools.faults().error(at.place(), at.path(), message, remedy);
    }
}
