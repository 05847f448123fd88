package io.clew.language.expression;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * Whether every value of one schema fits another. Records fit by the names of their fields: what
 * the target does not know is left out, what it needs must be there.
 */
final class SchemaFit {

    private record Pair(Schema from, Schema to) {}

    private final String target;
    private final Consumer<Problem> problems;
    private final Set<Pair> checked;

    SchemaFit(String target, Consumer<Problem> problems) {
        this(target, problems, new HashSet<>());
    }

    private SchemaFit(String target, Consumer<Problem> problems, Set<Pair> checked) {
        this.target = target;
        this.problems = problems;
        this.checked = checked;
    }

    /** Both without null. */
    void check(Schema from, Schema to) {
        Kind source = Kind.of(from);
        switch (Kind.of(to)) {
            case RECORD -> {
                if (source == Kind.RECORD) {
                    record(from, false, to);
                    return;
                }
            }
            case ARRAY -> {
                if (source == Kind.ARRAY) {
                    nested("[]").maybeNull(from.getElementType(), to.getElementType());
                    return;
                }
            }
            case MAP -> {
                if (source == Kind.MAP) {
                    nested("[]").maybeNull(from.getValueType(), to.getValueType());
                    return;
                }
            }
            case ENUM -> {
                if (source == Kind.ENUM) {
                    symbols(from, to);
                    return;
                }
                if (source == Kind.STRING) {
                    checkedLater("one of the symbols of " + to.getName());
                    return;
                }
            }
            case DECIMAL -> {
                if (source == Kind.DECIMAL) {
                    decimal(from, to);
                    return;
                }
            }
            case TIMESTAMP -> {
                if (source == Kind.TIMESTAMP) {
                    timestamp(from, to);
                    return;
                }
            }
            default -> {}
        }
        scalar(from, source, to);
    }

    /** A record whose fields feed those of another. */
    void record(Schema from, boolean absent, Schema to) {
        if (!checked.add(new Pair(from, to)) && !absent) {
            return;
        }
        for (Schema.Field wanted : to.getFields()) {
            Schema.Field given = from.getField(wanted.name());
            if (given != null && absent && !Kind.nullable(wanted.schema())) {
                nested("." + wanted.name()).mayBeUnset();
            } else if (given != null) {
                nested("." + wanted.name()).maybeNull(given.schema(), wanted.schema());
            } else if (!wanted.hasDefaultValue()) {
                fault(
                        target
                                + "."
                                + wanted.name()
                                + " is required but "
                                + from.getFullName()
                                + " has no such field",
                        "Nest the fields of " + to.getName() + " with an expression for each");
            }
        }
    }

    private void maybeNull(Schema from, Schema to) {
        if (Kind.nullable(from) && !Kind.nullable(to)) {
            mayBeUnset();
            return;
        }
        check(Kind.present(from), Kind.present(to));
    }

    private void scalar(Schema from, Kind source, Schema to) {
        boolean fits =
                switch (Kind.of(to)) {
                    case BOOLEAN -> source == Kind.BOOLEAN;
                    case INT -> source == Kind.INT;
                    case LONG -> source == Kind.INT || source == Kind.LONG;
                    case FLOAT -> source == Kind.FLOAT;
                    case DOUBLE -> source == Kind.FLOAT || source == Kind.DOUBLE;
                    case STRING ->
                            source == Kind.STRING || source == Kind.ENUM || source == Kind.UUID;
                    case UUID -> source == Kind.UUID || isTextToCheck(source);
                    case BYTES -> source == Kind.BYTES || source == Kind.FIXED;
                    case FIXED -> source == Kind.FIXED && from.getFixedSize() == to.getFixedSize();
                    case DECIMAL -> source == Kind.INT || source == Kind.LONG;
                    case DATE -> source == Kind.DATE;
                    case ENUM, TIMESTAMP, RECORD, ARRAY, MAP, UNSUPPORTED -> false;
                };
        if (!fits) {
            String suffix = source == Kind.UNSUPPORTED ? ", which expressions cannot read" : "";
            Describe.mismatch(target, Describe.of(from) + suffix, to).ifPresent(problems);
        }
    }

    private boolean isTextToCheck(Kind source) {
        if (source == Kind.STRING) {
            checkedLater("a UUID");
        }
        return source == Kind.STRING;
    }

    private void symbols(Schema from, Schema to) {
        List<String> unknown =
                from.getEnumSymbols().stream().filter(it -> !to.hasEnumSymbol(it)).toList();
        if (!unknown.isEmpty()) {
            fault(
                    "Expected symbols of "
                            + to.getFullName()
                            + " for "
                            + target
                            + " but "
                            + from.getFullName()
                            + " may be "
                            + String.join(", ", unknown),
                    "Add the symbols to " + to.getName() + ", or map them: … == 'A' ? 'B' : 'C'");
        }
    }

    private void decimal(Schema from, Schema to) {
        if (Kind.scale(from) > Kind.scale(to)) {
            Describe.tooFine(target, Kind.scale(from), to, problems);
        } else if (Kind.precision(from) - Kind.scale(from) > Kind.precision(to) - Kind.scale(to)) {
            fault(
                    "Expected "
                            + Describe.of(to)
                            + " for "
                            + target
                            + " but got "
                            + Describe.of(from)
                            + ", which may be too large",
                    "Raise the precision of the target");
        }
    }

    private void timestamp(Schema from, Schema to) {
        if (Kind.secondDigits(from) > Kind.secondDigits(to)) {
            fault(
                    "Expected "
                            + Describe.of(to)
                            + " for "
                            + target
                            + " but got "
                            + Describe.of(from)
                            + ", which is finer",
                    "Use a target as fine as its source");
        }
    }

    private void mayBeUnset() {
        fault(
                target + " is required but its value may be unset",
                "Nest the record's fields and give this one a default with .orValue(…)");
    }

    private void checkedLater(String what) {
        problems.accept(
                Problem.warning(
                        "Expected "
                                + what
                                + " for "
                                + target
                                + " but that is only known when the command is made",
                        "See to it that it always is; else the saga stops with an incident there"));
    }

    private SchemaFit nested(String suffix) {
        return new SchemaFit(target + suffix, problems, checked);
    }

    private void fault(String message, String remedy) {
        problems.accept(Problem.fault(message, remedy));
    }
}
