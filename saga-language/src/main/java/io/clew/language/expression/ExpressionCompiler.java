package io.clew.language.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes checked expressions of texts. */
public final class ExpressionCompiler {

    private final CelCompiler parser = CelSetup.compiler(new Types(), Map.of());
    private final CelRuntime runtime = CelSetup.runtime();

    /** The expression of a text; empty if there are problems, which go to {@code problems}. */
    public Optional<Expression> compile(
            String text, Vocabulary vocabulary, Consumer<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        Optional<Expression> expression = compile(text, vocabulary, found);
        found.stream().distinct().filter(it -> !it.equals(Problem.TOLD)).forEach(problems);
        return found.isEmpty() ? expression : Optional.empty();
    }

    private Optional<Expression> compile(String text, Vocabulary vocabulary, List<Problem> found) {
        try {
            CelValidationResult parsed = parser.parse(text);
            if (parsed.hasError()) {
                report(parsed, text, found);
                return Optional.empty();
            }
            new Names(vocabulary, found::add).check(parsed.getAst().getExpr());
            if (!found.isEmpty()) {
                return Optional.empty();
            }
            CelExpr expr = parsed.getAst().getExpr();
            Optional<PlainPath> path = PlainPath.of(expr, vocabulary);
            if (path.isPresent()) {
                TypeOf types = PlainPath.types(vocabulary);
                return finish(new Checked(text, expr, types), path.get(), vocabulary, found);
            }
            CelValidationResult checked = vocabulary.compiler().check(parsed.getAst());
            if (checked.hasError()) {
                report(checked, text, found);
                return Optional.empty();
            }
            CelAbstractSyntaxTree ast = checked.getAst();
            return finish(
                    new Checked(text, ast.getExpr(), it -> ast.getType(it.id())),
                    new CelProgram(text, runtime.createProgram(ast)),
                    vocabulary,
                    found);
        } catch (CelValidationException | CelEvaluationException e) {
            found.add(
                    Problem.fault(
                            "Expected an expression but: " + e.getMessage(),
                            "Write an expression of the Common Expression Language"));
            return Optional.empty();
        }
    }

    /** An expression whose types are known. */
    private record Checked(String text, CelExpr expr, TypeOf types) {}

    private static Optional<Expression> finish(
            Checked checked, Evaluation evaluation, Vocabulary vocabulary, List<Problem> found) {
        Types types = vocabulary.types();
        CelExpr expr = checked.expr();
        new Presence(checked.types(), types, found::add).check(expr);
        if (!found.isEmpty()) {
            return Optional.empty();
        }
        Set<String> reads = new HashSet<>();
        Set<String> steps = new HashSet<>();
        collect(expr, vocabulary, reads, steps);
        return Optional.of(
                new Expression(
                        checked.text(),
                        evaluation,
                        new Expression.Typed(
                                checked.types().of(expr).orElse(SimpleType.DYN),
                                Origin.of(checked.types(), expr, types),
                                types),
                        Set.copyOf(reads),
                        Set.copyOf(steps)));
    }

    private static void collect(
            CelExpr expr, Vocabulary vocabulary, Set<String> reads, Set<String> steps) {
        Optional<String> step = Trees.fieldOf(expr, Vocabulary.STEPS);
        if (step.isPresent()) {
            reads.add(Vocabulary.STEPS);
            steps.add(step.get());
            return;
        }
        Optional<String> name = Trees.ident(expr).filter(vocabulary.variables()::containsKey);
        name.ifPresent(reads::add);
        if (name.equals(Optional.of(Vocabulary.STEPS))) {
            steps.addAll(vocabulary.outputs().keySet());
        }
        Trees.children(expr).forEach(it -> collect(it, vocabulary, reads, steps));
    }

    private static void report(CelValidationResult result, String text, List<Problem> found) {
        result.getErrors()
                .forEach(
                        issue ->
                                found.add(
                                        Problem.fault(
                                                "Expected an expression but in '"
                                                        + text
                                                        + "' at "
                                                        + (issue.getSourceLocation().getColumn()
                                                                + 1)
                                                        + ": "
                                                        + shortened(issue.getMessage()),
                                                remedy(issue.getMessage()))));
    }

    /** Without the list of all overloads, which hides what matters. */
    private static String shortened(String message) {
        int candidates = message.indexOf(" (candidates: ");
        return candidates < 0 ? message : message.substring(0, candidates);
    }

    private static String remedy(String message) {
        if (message.contains("'double'") && message.contains("Decimal")) {
            return "Decimals are exact and never become doubles; compare and add decimals";
        }
        if (message.contains("'orValue'")) {
            return "Read what may be unset with '?' first: event.?field.orValue(…); leave orValue"
                    + " out where it is always set";
        }
        if (message.contains("Decimal")) {
            return "Make both sides decimals, such as decimal('10.00')";
        }
        if (message.contains("optional_type")) {
            return "Give the optional a value first, with .orValue(…)";
        }
        return message.contains("no matching overload")
                ? "Use operands of one type; convert with int(), double(), string() or decimal()"
                : "Mend the expression; a text is quoted twice: \"'text'\"";
    }
}
