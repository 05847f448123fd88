package io.clew.language.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The functions Clew adds to CEL: exact decimals and dates. Nothing turns a decimal into a double,
 * and nothing here depends on a clock, a locale or a time zone.
 */
final class Functions {

    static final CelType DECIMAL = OpaqueType.create("Decimal");
    static final CelType DATE = OpaqueType.create("Date");

    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    Functions() {
        unary("decimal", "string_to_decimal", SimpleType.STRING, DECIMAL);
        bind("string_to_decimal", String.class, Decimal::of);
        unary("decimal", "int_to_decimal", SimpleType.INT, DECIMAL);
        bind("int_to_decimal", Long.class, it -> Decimal.of(Long.toString(it)));
        unary("string", "decimal_to_string", DECIMAL, SimpleType.STRING);
        bind("decimal_to_string", Decimal.class, Decimal::toString);
        binary("_+_", "add_decimal", DECIMAL, DECIMAL);
        bindings.add(
                CelFunctionBinding.from(
                        "add_decimal", Decimal.class, Decimal.class, Decimal::plus));
        binary("_-_", "subtract_decimal", DECIMAL, DECIMAL);
        bindings.add(
                CelFunctionBinding.from(
                        "subtract_decimal", Decimal.class, Decimal.class, Decimal::minus));
        ordered("decimal", DECIMAL, Decimal.class);

        unary("date", "string_to_date", SimpleType.STRING, DATE);
        bind("string_to_date", String.class, LocalDate::parse);
        unary("string", "date_to_string", DATE, SimpleType.STRING);
        bind("date_to_string", LocalDate.class, LocalDate::toString);
        ordered("date", DATE, LocalDate.class);
    }

    List<CelFunctionDecl> declarations() {
        return declarations;
    }

    List<CelFunctionBinding> bindings() {
        return bindings;
    }

    private <T extends Comparable<? super T>> void ordered(
            String name, CelType type, Class<T> java) {
        comparison("_<_", "less_" + name, type, java, it -> it < 0);
        comparison("_<=_", "less_equals_" + name, type, java, it -> it <= 0);
        comparison("_>_", "greater_" + name, type, java, it -> it > 0);
        comparison("_>=_", "greater_equals_" + name, type, java, it -> it >= 0);
    }

    @SuppressWarnings("Immutable") // A predicate over an int, without state.
    private <T extends Comparable<? super T>> void comparison(
            String operator, String id, CelType type, Class<T> java, IntPredicate holds) {
        binary(operator, id, type, SimpleType.BOOL);
        bindings.add(
                CelFunctionBinding.from(
                        id, java, java, (one, other) -> holds.test(one.compareTo(other))));
    }

    private void unary(String name, String id, CelType from, CelType to) {
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(name, newGlobalOverload(id, to, from)));
    }

    private void binary(String name, String id, CelType operands, CelType to) {
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        name, newGlobalOverload(id, to, operands, operands)));
    }

    private <T> void bind(
            String id, Class<T> from, dev.cel.runtime.CelFunctionOverload.Unary<T> to) {
        bindings.add(CelFunctionBinding.from(id, from, to));
    }
}
