package io.clew.order.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clew.participant.UnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns exceptions into problems. */
class Problems {
    private static final int RETRY_SECONDS = 2;

    @ServerExceptionMapper
    Response unavailable(UnavailableException e) {
        var problem = Problem.of(Status.SERVICE_UNAVAILABLE, "UNAVAILABLE", e.what() + " is away");
        return Response.fromResponse(problem.toResponse())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }

    @ServerExceptionMapper
    Response badRequest(IllegalArgumentException e) {
        return Problem.of(Status.BAD_REQUEST, "BAD_REQUEST", String.valueOf(e.getMessage()))
                .toResponse();
    }

    /** What JAX-RS itself refuses: an unknown path, a wrong method, a body that is not JSON. */
    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        var status = e.getResponse().getStatusInfo();
        var code = status.getReasonPhrase().toUpperCase(Locale.ROOT).replace(' ', '_');
        return Problem.of(status, code, detail(e)).toResponse();
    }

    /** Where JSON goes wrong is known to its parser alone. */
    private static String detail(WebApplicationException e) {
        return e.getCause() instanceof JsonProcessingException json
                ? "Expected the JSON of an order but: " + json.getOriginalMessage()
                : String.valueOf(e.getMessage());
    }
}
