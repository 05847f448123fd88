package io.clew.language.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at a parsed expression before its types are checked, for what can be said better in our
 * words: unknown names, outputs that cannot be there, texts that are no decimals.
 */
final class Names {

    /** Names of types and of function families, which look like variables. */
    private static final Set<String> BUILT_IN =
            Set.of(
                    "bool",
                    "int",
                    "uint",
                    "double",
                    "bytes",
                    "string",
                    "list",
                    "map",
                    "null_type",
                    "type",
                    "google",
                    "optional",
                    "optional_type",
                    "cel");

    private static final Set<String> TIME_PARTS =
            Set.of(
                    "getFullYear",
                    "getMonth",
                    "getDate",
                    "getDayOfMonth",
                    "getDayOfWeek",
                    "getDayOfYear",
                    "getHours",
                    "getMinutes",
                    "getSeconds",
                    "getMilliseconds");

    private final Vocabulary vocabulary;
    private final Consumer<Problem> problems;

    Names(Vocabulary vocabulary, Consumer<Problem> problems) {
        this.vocabulary = vocabulary;
        this.problems = problems;
    }

    void check(CelExpr expr) {
        type(expr, Map.of());
    }

    /** The type of an expression as far as it is plain from paths. */
    private Optional<CelType> type(CelExpr expr, Map<String, Optional<CelType>> bound) {
        return switch (expr.getKind()) {
            case IDENT -> variable(expr.ident().name(), bound);
            case SELECT -> select(expr.select().operand(), expr.select().field(), bound);
            case CALL -> call(expr.call(), bound);
            case COMPREHENSION -> comprehension(expr.comprehension(), bound);
            case STRUCT -> {
                problems.accept(
                        Problem.fault(
                                "Expected no record made in an expression but got "
                                        + expr.struct().messageName(),
                                "Nest the record's fields under its key, each with an expression"));
                yield Optional.empty();
            }
            case CONSTANT, LIST, MAP, NOT_SET -> {
                Trees.children(expr).forEach(it -> type(it, bound));
                yield Optional.empty();
            }
        };
    }

    private Optional<CelType> variable(String name, Map<String, Optional<CelType>> bound) {
        if (bound.containsKey(name)) {
            return bound.get(name);
        }
        CelType type = vocabulary.variables().get(name);
        Problem hidden = vocabulary.hidden().get(name);
        if (type == null && hidden != null) {
            problems.accept(hidden);
        } else if (type == null && !BUILT_IN.contains(name)) {
            List<String> known = new ArrayList<>(vocabulary.variables().keySet());
            problems.accept(
                    Problem.fault(
                            "Expected a known name but got '" + name + "'",
                            Similar.remedy(name, known)
                                    + " A text is quoted twice: \"'"
                                    + name
                                    + "'\""));
        }
        return Optional.ofNullable(type);
    }

    private Optional<CelType> select(
            CelExpr operand, String field, Map<String, Optional<CelType>> bound) {
        boolean steps =
                Trees.ident(operand).equals(Optional.of(Vocabulary.STEPS))
                        && !bound.containsKey(Vocabulary.STEPS);
        Problem hidden = steps ? vocabulary.hiddenSteps().get(field) : null;
        if (hidden != null && vocabulary.variables().containsKey(Vocabulary.STEPS)) {
            problems.accept(hidden);
            return Optional.empty();
        }
        Optional<CelType> owner = type(operand, bound);
        Optional<CelType> found = owner.flatMap(it -> vocabulary.types().field(it, field));
        if (owner.isPresent() && found.isEmpty()) {
            unknownField(owner.get(), field, steps);
        }
        return found;
    }

    private void unknownField(CelType owner, String field, boolean steps) {
        CelType type = Types.present(owner);
        List<String> fields = vocabulary.types().fields(type);
        if (steps) {
            List<String> known = new ArrayList<>(fields);
            known.addAll(vocabulary.hiddenSteps().keySet());
            problems.accept(
                    Problem.fault(
                            "Expected a step but there is none named '" + field + "'",
                            Similar.remedy(field, known)));
        } else if (fields.isEmpty()) {
            problems.accept(
                    Problem.fault(
                            "Expected a record before '." + field + "' but got " + type.name(),
                            "Leave out '." + field + "'"));
        } else {
            problems.accept(
                    Problem.fault(
                            "Expected a field of " + type.name() + " but it has no '" + field + "'",
                            Similar.remedy(field, fields)));
        }
    }

    private Optional<CelType> call(CelExpr.CelCall call, Map<String, Optional<CelType>> bound) {
        List<CelExpr> args = call.args();
        if (call.function().equals(Trees.OPTIONAL_SELECT)) {
            return select(args.get(0), Trees.stringConstant(args.get(1)).orElse(""), bound);
        }
        Optional<CelType> first = Optional.empty();
        for (int i = 0; i < args.size(); i++) {
            Optional<CelType> type = type(args.get(i), bound);
            first = i == 0 ? type : first;
        }
        call.target().ifPresent(it -> type(it, bound));
        checkLiteral(call);
        checkTimeZone(call);
        return call.function().equals(Trees.INDEX)
                ? first.map(Types::present).flatMap(Names::element)
                : Optional.empty();
    }

    private void checkLiteral(CelExpr.CelCall call) {
        if (!call.function().equals("decimal") || call.args().size() != 1) {
            return;
        }
        Trees.stringConstant(call.args().get(0))
                .filter(text -> !isDecimal(text))
                .ifPresent(
                        text ->
                                problems.accept(
                                        Problem.fault(
                                                "Expected a decimal but got '" + text + "'",
                                                "Write it like decimal('10.00')")));
    }

    /** Rules of time zones change, and then the same event would give another command. */
    private void checkTimeZone(CelExpr.CelCall call) {
        if (TIME_PARTS.contains(call.function()) && !call.args().isEmpty()) {
            problems.accept(
                    Problem.fault(
                            "Expected no time zone in " + call.function() + "() but got one",
                            "Leave it out: parts of a time are read in UTC"));
        }
    }

    private Optional<CelType> comprehension(
            CelExpr.CelComprehension loop, Map<String, Optional<CelType>> bound) {
        Optional<CelType> range = type(loop.iterRange(), bound);
        Map<String, Optional<CelType>> inner = new HashMap<>(bound);
        inner.put(loop.iterVar(), range.flatMap(Names::iterated));
        inner.put(loop.iterVar2(), Optional.empty());
        inner.put(loop.accuVar(), Optional.empty());
        type(loop.accuInit(), bound);
        type(loop.loopCondition(), inner);
        type(loop.loopStep(), inner);
        type(loop.result(), inner);
        return Optional.empty();
    }

    private static Optional<CelType> iterated(CelType range) {
        return range instanceof ListType list ? Optional.of(list.elemType()) : Optional.empty();
    }

    private static Optional<CelType> element(CelType type) {
        if (type instanceof ListType list) {
            return Optional.of(list.elemType());
        }
        return type instanceof MapType map ? Optional.of(map.valueType()) : Optional.empty();
    }

    private static boolean isDecimal(String text) {
        try {
            return new Decimal(new BigDecimal(text)).value().signum() <= 1;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
