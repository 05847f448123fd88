package io.clew.payment.rest;

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

    /** What is not there, and what JAX-RS itself refuses: an unknown path, a wrong method. */
    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        var status = e.getResponse().getStatusInfo();
        var code = status.getReasonPhrase().toUpperCase(Locale.ROOT).replace(' ', '_');
        return Problem.of(status, code, String.valueOf(e.getMessage())).toResponse();
    }
}
