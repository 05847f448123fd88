package io.clew.language;

import io.clew.language.NodeForm.StepForm;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.source.Place;
import java.util.List;
import java.util.Optional;

/**
 * A step that starts sagas of another definition, as it is written. Which version they follow is
 * known only when they are started, so nothing of that definition is asked for here.
 *
 * @param definition name of the other definition
 * @param event full name of the record that starts its sagas
 * @param result full name of the record they come to; none if that is not read
 * @param line of the start, from 1
 * @param column of the start, from 1
 * @param path such as {@code steps[1].start}
 */
public record ChildStart(
        String definition,
        String event,
        Optional<String> result,
        int line,
        int column,
        String path) {

    /** All that a definition without faults starts, as they are written. */
    static List<ChildStart> of(List<NodeForm> nodes) {
        return NodeForm.allOf(nodes)
                .filter(StepForm.class::isInstance)
                .map(StepForm.class::cast)
                .flatMap(step -> step.child().map(it -> of(step, it)).stream())
                .toList();
    }

    private static ChildStart of(StepForm step, String definition) {
        CommandForm start = step.action().orElseThrow();
        Place place = start.result().orElse(start.command()).place();
        return new ChildStart(
                definition,
                start.command().value(),
                start.result().map(Located::value),
                place.line(),
                place.column(),
                step.spot().path() + ".start");
    }
}
