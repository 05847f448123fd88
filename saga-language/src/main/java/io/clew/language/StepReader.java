package io.clew.language;

import io.clew.language.SagaForm.CommandForm;
import io.clew.language.SagaForm.StepForm;
import io.clew.language.expression.Similar;
import io.clew.language.source.Node;
import io.clew.language.source.Place;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one step by the grammar. */
final class StepReader {

    private static final List<String> KEYS =
            List.of(
                    "step",
                    "participant",
                    "kind",
                    "action",
                    "compensation",
                    "timeout",
                    "giveUpAfter",
                    "retry",
                    "onFailure");
    private static final List<String> ACTION_KEYS = List.of("command", "result", "with");
    private static final List<String> COMPENSATION_KEYS =
            List.of("command", "result", "with", "timeout", "retry");
    private static final List<String> RETRY_KEYS = List.of("attempts", "backoff", "factor", "max");
    private static final List<String> KINDS = List.of("compensatable", "pivot", "retriable");

    /** Grammar that is known but cannot be run yet. */
    private static final List<String> LATER =
            List.of(
                    "savepoint",
                    "choice",
                    "parallel",
                    "forEach",
                    "await",
                    "delay",
                    "saga",
                    "rollbackTo");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_ATTEMPTS = 1000;
    private static final double MAX_FACTOR = 100;

    private final Faults faults;
    private final Duration deadline;

    StepReader(Faults faults, Duration deadline) {
        this.faults = faults;
        this.deadline = deadline;
    }

    /** The step at a node; empty if it is something else, which is a fault. */
    Optional<StepForm> read(Node node, String path) {
        if (unsupported(node, path)) {
            return Optional.empty();
        }
        Fields fields = Fields.of(node, path, KEYS, faults);
        if (!(node instanceof Node.Table)) {
            return Optional.empty();
        }
        Duration timeout = timeout(fields, deadline);
        RetryPolicy retry = retry(fields, RetryPolicy.DEFAULT);
        Located<String> name =
                fields.requireName("step", Naming.CAMEL)
                        .orElse(new Located<>("", fields.place(), path));
        Optional<CommandForm> compensation = compensation(fields);
        boolean settles = settles(fields);
        Optional<StepKind> kind = kind(fields);
        boolean unclear =
                kind.isEmpty()
                        || (fields.has("compensation") && compensation.isEmpty() && !settles);
        return Optional.of(
                new StepForm(
                        name,
                        fields.requireName("participant", Naming.HYPHENS),
                        kind.orElse(StepKind.COMPENSATABLE),
                        fields.require("action")
                                .map(it -> Fields.of(it, path + ".action", ACTION_KEYS, faults))
                                .flatMap(it -> command(it, timeout, retry)),
                        compensation,
                        settles,
                        unclear,
                        giveUpAfter(fields, timeout),
                        fields.find("onFailure")
                                .map(it -> new OnFailureReader(faults).read(it, path))
                                .orElse(Map.of()),
                        path));
    }

    private boolean unsupported(Node node, String path) {
        if (!(node instanceof Node.Table table)) {
            return false;
        }
        Optional<Node.Entry> later =
                table.entries().stream().filter(it -> LATER.contains(it.key())).findFirst();
        boolean isStep = table.entries().stream().anyMatch(it -> it.key().equals("step"));
        if (later.isEmpty() || isStep) {
            return false;
        }
        String key = later.get().key();
        faults.error(
                later.get().place(),
                path + "." + key,
                "Expected a step but got '" + key + "', which is not supported yet",
                "Use steps in sequence: '- step: <name>'");
        return true;
    }

    /** Empty if there is one that is no kind. */
    private Optional<StepKind> kind(Fields fields) {
        Optional<Located<String>> kind = fields.text("kind");
        if (kind.isEmpty()) {
            return fields.has("kind") ? Optional.empty() : Optional.of(StepKind.COMPENSATABLE);
        }
        String word = kind.get().value();
        if (!KINDS.contains(word)) {
            fields.error(
                    "kind",
                    "Expected a kind of step but got '" + word + "'",
                    Similar.remedy(word, KINDS));
            return Optional.empty();
        }
        return Optional.of(StepKind.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private static boolean settles(Fields fields) {
        return fields.entries().containsKey("compensation")
                && fields.entries().get("compensation").value() instanceof Node.Text(var p, var it)
                && it.equals("none");
    }

    private Optional<CommandForm> compensation(Fields fields) {
        if (settles(fields)) {
            return Optional.empty();
        }
        return fields.find("compensation")
                .map(it -> Fields.of(it, fields.pathOf("compensation"), COMPENSATION_KEYS, faults))
                .flatMap(
                        it ->
                                command(
                                        it,
                                        timeout(it, Durations.MAX),
                                        retry(it, RetryPolicy.DEFAULT_COMPENSATION)));
    }

    private Optional<CommandForm> command(Fields fields, Duration timeout, RetryPolicy retry) {
        Optional<Located<String>> command = fields.requireName("command", Naming.RECORD);
        Optional<Located<String>> result = fields.name("result", Naming.RECORD);
        Optional<Node> with = fields.find("with");
        Map<String, Node> values = new TreeMap<>();
        with.map(it -> Fields.open(it, fields.pathOf("with"), faults))
                .ifPresent(it -> it.entries().forEach((key, e) -> values.put(key, e.value())));
        Place place = with.map(Node::place).orElse(fields.place());
        return command.map(it -> new CommandForm(it, result, values, timeout, retry, place));
    }

    private Duration timeout(Fields fields, Duration limit) {
        Duration timeout = fields.duration("timeout").orElse(TIMEOUT);
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

    private Optional<Duration> giveUpAfter(Fields fields, Duration timeout) {
        Optional<Duration> giveUp = fields.duration("giveUpAfter");
        if (giveUp.isPresent() && giveUp.get().compareTo(timeout) < 0) {
            fields.error(
                    "giveUpAfter",
                    "Expected giveUpAfter of at least the timeout, "
                            + Durations.words(timeout)
                            + ", but got "
                            + Durations.words(giveUp.get()),
                    "Give the participant at least one timeout to answer");
        }
        if (giveUp.isPresent() && giveUp.get().compareTo(deadline) > 0) {
            fields.error(
                    "giveUpAfter",
                    "Expected giveUpAfter within the saga's deadline of "
                            + Durations.words(deadline)
                            + " but got "
                            + Durations.words(giveUp.get()),
                    "Shorten it, or raise the deadline");
        }
        return giveUp;
    }

    private RetryPolicy retry(Fields step, RetryPolicy byDefault) {
        Optional<Node> node = step.find("retry");
        if (node.isEmpty()) {
            return byDefault;
        }
        Fields fields = Fields.of(node.get(), step.pathOf("retry"), RETRY_KEYS, faults);
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
