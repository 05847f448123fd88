package io.clew.shipping.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An error as RFC 9457 wants it, with a stable code. */
record Problem(String type, String title, int status, String code, String detail) {
    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    static Problem of(Response.StatusType status, String code, String detail) {
        return new Problem(
                "about:blank", status.getReasonPhrase(), status.getStatusCode(), code, detail);
    }

    Response toResponse() {
        return Response.status(status).type(PROBLEM_JSON).entity(this).build();
    }
}
