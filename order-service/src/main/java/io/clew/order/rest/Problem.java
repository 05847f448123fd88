package io.clew.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clew.order.Violation;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An error as RFC 9457 wants it, with a stable code.
 *
 * @param errors every fault of the request, if that is the problem
 */
record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> errors) {
    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    static Problem of(Response.StatusType status, String code, String detail) {
        return of(status, code, detail, List.of());
    }

    static Problem of(
            Response.StatusType status, String code, String detail, List<Violation> errors) {
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.getStatusCode(),
                code,
                detail,
                errors);
    }

    Response toResponse() {
        return Response.status(status).type(PROBLEM_JSON).entity(this).build();
    }
}
