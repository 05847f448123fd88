package io.clew.language;

import io.clew.language.SagaForm.CommandForm;
import io.clew.language.source.Node;
import io.clew.language.source.Place;
import io.clew.saga.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads commands, and how they are sent again. */
final class CommandReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_ATTEMPTS = 1000;
    private static final double MAX_FACTOR = 100;

    private final Faults faults;

    CommandReader(Faults faults) {
        this.faults = faults;
    }

    /** Whether {@code compensation: none} is said. */
    static boolean settles(Fields fields) {
        return fields.entries().containsKey("compensation")
                && fields.entries().get("compensation").value() instanceof Node.Text(var p, var it)
                && it.equals("none");
    }

    /** The fields of what stands under {@code compensation}, if it is not {@code none}. */
    Optional<Fields> compensation(Fields owner, List<String> keys) {
        if (settles(owner)) {
            return Optional.empty();
        }
        return owner.find("compensation")
                .map(it -> Fields.of(it, owner.pathOf("compensation"), keys, faults));
    }

    Optional<CommandForm> compensating(Fields fields) {
        return command(
                fields,
                timeout(fields, Durations.MAX),
                retry(fields, RetryPolicy.DEFAULT_COMPENSATION));
    }

    Optional<CommandForm> command(Fields fields, Duration timeout, RetryPolicy retry) {
        Optional<Located<String>> command = fields.requireName("command", Naming.RECORD);
        Optional<Located<String>> result = fields.name("result", Naming.RECORD);
        Map<String, Node> values = values(fields);
        Place place = placeOfValues(fields);
        return command.map(it -> new CommandForm(it, result, values, timeout, retry, place));
    }

    /** Where {@code with} stands, or what it is missing in. */
    static Place placeOfValues(Fields fields) {
        return fields.find("with").map(Node::place).orElse(fields.place());
    }

    /** What stands under {@code with}. */
    Map<String, Node> values(Fields fields) {
        Map<String, Node> values = new TreeMap<>();
        fields.find("with")
                .map(it -> Fields.open(it, fields.pathOf("with"), faults))
                .ifPresent(it -> it.entries().forEach((key, e) -> values.put(key, e.value())));
        return values;
    }

    Duration timeout(Fields fields, Duration limit) {
        return timeout(fields, limit, TIMEOUT);
    }

    /**
     * Its timeout.
     *
     * @param limit the longest it may be
     * @param usual what it is if nothing is said and the limit allows it
     */
    Duration timeout(Fields fields, Duration limit, Duration usual) {
        Duration silent = usual.compareTo(limit) < 0 ? usual : limit;
        Duration timeout = fields.duration("timeout").orElse(silent);
        if (timeout.compareTo(limit) > 0 && fields.has("timeout")) {
            fields.error(
                    "timeout",
                    "Expected a timeout within the saga's deadline of "
                            + Durations.words(limit)
                            + " but got "
                            + Durations.words(timeout),
                    "Shorten the timeout, or raise the deadline");
        }
        return timeout;
    }

    RetryPolicy retry(Fields owner, RetryPolicy byDefault) {
        Optional<Node> node = owner.find("retry");
        if (node.isEmpty()) {
            return byDefault;
        }
        Fields fields = Fields.of(node.get(), owner.pathOf("retry"), Grammar.RETRY, faults);
        int attempts = fields.integer("attempts", MAX_ATTEMPTS).orElse(byDefault.attempts());
        Duration backoff = fields.duration("backoff").orElse(byDefault.backoff());
        Duration max =
                fields.duration("max")
                        .orElse(backoff.compareTo(byDefault.max()) > 0 ? backoff : byDefault.max());
        if (max.compareTo(backoff) < 0) {
            fields.error(
                    "max",
                    "Expected max of at least backoff, "
                            + Durations.words(backoff)
                            + ", but got "
                            + Durations.words(max),
                    "Raise max, or lower backoff");
            return byDefault;
        }
        double factor = fields.text("factor").map(it -> factor(fields, it)).orElse(2.0);
        return new RetryPolicy(attempts, backoff, factor, max);
    }

    private static double factor(Fields fields, Located<String> text) {
        try {
            double factor = Double.parseDouble(text.value());
            if (factor >= 1 && factor <= MAX_FACTOR) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers out of range.
        }
        fields.error(
                "factor",
                "Expected a factor from 1 to " + MAX_FACTOR + " but got '" + text.value() + "'",
                "Write a number in that range, such as 2");
        return 1;
    }
}
