package io.clew.coordinator.rest;

import io.clew.coordinator.definitions.AppliedDefinitions;
import java.util.List;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    static ProblemException of(int status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail));
    }

    static ProblemException badRequest(String code, String detail) {
        return of(400, code, detail);
    }

    static ProblemException notReady(String detail) {
        return of(503, "NOT_READY", detail);
    }

    /** Nothing of this name or version is applied, or has been read yet. */
    static ProblemException noDefinition(AppliedDefinitions definitions, String ref) {
        return definitions.caughtUp()
                ? of(404, "NO_SUCH_DEFINITION", "There is no definition " + ref)
                : notReady("the definitions are still being read");
    }

    static ProblemException invalid(String code, String detail, List<?> faults) {
        return new ProblemException(Problem.of(422, code, detail, faults));
    }
}
