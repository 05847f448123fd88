package io.clew.language;

import io.clew.language.expression.Problem;
import io.clew.language.source.Place;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Collects all that is wrong, so that nobody mends faults one by one. */
final class Faults {

    private static final int MAX_FAULTS = 200;

    private final Set<Fault> faults = new LinkedHashSet<>();

    void error(Place place, String path, String message, String remedy) {
        add(Fault.Severity.ERROR, place, path, message, remedy);
    }

    void warning(Place place, String path, String message, String remedy) {
        add(Fault.Severity.WARNING, place, path, message, remedy);
    }

    /** Takes the problems of an expression that stands at this place. */
    Consumer<Problem> at(Place place, String path) {
        return problem ->
                add(
                        problem.fatal() ? Fault.Severity.ERROR : Fault.Severity.WARNING,
                        place,
                        path,
                        problem.message(),
                        problem.remedy());
    }

    boolean refused() {
        return faults.stream().anyMatch(fault -> fault.severity() == Fault.Severity.ERROR);
    }

    List<Fault> byPlace() {
        return faults.stream()
                .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                .toList();
    }

    private void add(
            Fault.Severity severity, Place place, String path, String message, String remedy) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(severity, place.line(), place.column(), path, message, remedy));
        }
    }
}
