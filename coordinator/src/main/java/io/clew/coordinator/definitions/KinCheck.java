package io.clew.coordinator.definitions;

import io.clew.language.ChildStart;
import io.clew.language.CompiledDefinition;
import io.clew.language.Fault;
import io.clew.saga.ResultSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a definition says of its children, or its parents of it, holds for the versions that
 * are active now. Definitions are applied in any order, and which version a child follows is known
 * when it is started, so what is found are warnings.
 *
 * @param definitions what is applied
 */
record KinCheck(AppliedDefinitions definitions) {

    /** What does not fit, in the order it is written; of parents last. */
    List<Fault> warnings(CompiledDefinition compiled) {
        List<Fault> warnings = new ArrayList<>();
        for (ChildStart start : compiled.children()) {
            active(start.definition()).ifPresent(it -> ofChild(start, it, warnings));
        }
        String name = compiled.definition().ref().name();
        for (String other : definitions.names()) {
            active(other)
                    .filter(it -> !other.equals(name))
                    .ifPresent(parent -> ofParent(parent, compiled, warnings));
        }
        return warnings;
    }

    /** The one that was last, if all are retired: children of it are started all the same. */
    private Optional<CompiledDefinition> active(String name) {
        return definitions.childIntake(name).map(it -> it.active().compiled());
    }

    private static void ofChild(ChildStart start, CompiledDefinition child, List<Fault> warnings) {
        String event = child.trigger().eventType();
        String ref = child.definition().ref().toString();
        if (!event.equals(start.event())) {
            warnings.add(
                    warning(
                            start,
                            "Expected the event that starts " + ref + " but that is " + event,
                            "Name that event; until then its starts err with OTHER_EVENT"));
        }
        if (!gives(child, start)) {
            warnings.add(
                    warning(
                            start,
                            "Expected a result that " + ref + " gives but " + given(child),
                            "Apply a version that gives it, or name another; until then what it"
                                    + " answers is an error, BAD_RESULT"));
        }
    }

    private static void ofParent(
            CompiledDefinition parent, CompiledDefinition child, List<Fault> warnings) {
        String name = child.definition().ref().name();
        for (ChildStart start : parent.children()) {
            if (start.definition().equals(name) && !gives(child, start)) {
                warnings.add(
                        new Fault(
                                Fault.Severity.WARNING,
                                1,
                                1,
                                "result",
                                "Expected to give "
                                        + start.result().orElseThrow()
                                        + ", which "
                                        + parent.definition().ref()
                                        + " reads, but "
                                        + given(child),
                                "Give it as before, or apply a version of "
                                        + parent.definition().ref().name()
                                        + " first that does without"));
            }
        }
    }

    /** Whether what is read of the child is what it gives. */
    private static boolean gives(CompiledDefinition child, ChildStart start) {
        return start.result().isEmpty()
                || start.result().equals(child.definition().result().map(ResultSpec::type));
    }

    private static String given(CompiledDefinition child) {
        return child.definition()
                .result()
                .map(it -> "it gives " + it.type())
                .orElse("it gives none");
    }

    private static Fault warning(ChildStart start, String message, String remedy) {
        return new Fault(
                Fault.Severity.WARNING,
                start.line(),
                start.column(),
                start.path(),
                message,
                remedy);
    }
}
