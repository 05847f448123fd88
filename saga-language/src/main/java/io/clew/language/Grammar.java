package io.clew.language;

import java.util.List;

/** The keys of each table in a definition, in the order they are rendered, and their limits. */
final class Grammar {
    static final List<String> SAGA =
            List.of(
                    "saga",
                    "version",
                    "startedBy",
                    "deadline",
                    "retention",
                    "uniqueFor",
                    "index",
                    "steps",
                    "result");
    static final List<String> RESULT = List.of("type", "with");
    static final List<String> TRIGGER = List.of("topic", "event", "key");

    static final List<String> STEP =
            List.of(
                    "step",
                    "when",
                    "participant",
                    "kind",
                    "action",
                    "compensation",
                    "timeout",
                    "giveUpAfter",
                    "retry",
                    "onFailure");
    static final List<String> ACTION = List.of("command", "result", "with");
    static final List<String> COMPENSATION =
            List.of("command", "result", "with", "timeout", "retry");
    static final List<String> RETRY = List.of("attempts", "backoff", "factor", "max");
    static final List<String> POLICY = List.of("retry", "rollbackTo", "max");

    static final List<String> AWAIT =
            List.of(
                    "await",
                    "topic",
                    "event",
                    "key",
                    "match",
                    "signal",
                    "timeout",
                    "compensation",
                    "onFailure");
    static final List<String> AWAIT_COMPENSATION =
            List.of("participant", "command", "result", "with", "timeout", "retry");
    static final List<String> AWAIT_CODES = List.of("TIMED_OUT");

    static final List<String> DELAY = List.of("delay", "for", "until");
    static final List<String> SAVEPOINT = List.of("savepoint");

    static final List<String> CHOICE = List.of("choice");
    static final List<String> ARM = List.of("when", "steps");
    static final List<String> ELSE = List.of("steps");
    static final List<String> PARALLEL = List.of("parallel");
    static final List<String> BRANCH = List.of("steps");
    static final List<String> FOR_EACH = List.of("forEach");
    static final List<String> LOOP = List.of("in", "as", "concurrency", "steps");

    static final List<String> CHILD =
            List.of(
                    "saga",
                    "when",
                    "kind",
                    "start",
                    "compensation",
                    "timeout",
                    "giveUpAfter",
                    "retry",
                    "onFailure");
    static final List<String> START = List.of("definition", "event", "result", "with");

    /** What a node begins with. */
    static final List<String> NODES =
            List.of("step", "savepoint", "choice", "parallel", "forEach", "await", "delay", "saga");

    static final int MAX_NODES = 200;
    static final int MAX_DEPTH = 8;
    static final int MAX_BRANCHES = 32;
    static final int MAX_CONCURRENCY = 100;
    static final int MAX_TIMES = 100;

    private Grammar() {}
}
