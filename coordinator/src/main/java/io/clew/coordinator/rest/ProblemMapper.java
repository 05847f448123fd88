package io.clew.coordinator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clew.avro.RegistryUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error leaves as a problem with a stable code, and says no more than it must. */
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable thrown) {
        return response(problem(thrown));
    }

    static Response response(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status())
                        .type(MediaType.valueOf(Problem.JSON))
                        .entity(problem);
        if (problem.status() == 503) {
            response.header("Retry-After", "1");
        }
        return response.build();
    }

    private static Problem problem(Throwable thrown) {
        return switch (thrown) {
            case ProblemException ours -> ours.problem();
            case RegistryUnavailableException away ->
                    Problem.of(503, "REGISTRY_UNAVAILABLE", String.valueOf(away.getMessage()));
            case KafkaException away ->
                    Problem.of(503, "BROKER_UNAVAILABLE", String.valueOf(away.getMessage()));
            case JsonProcessingException bad ->
                    Problem.of(400, "BAD_JSON", bad.getOriginalMessage());
            case WebApplicationException http
                    when http.getCause() instanceof JsonProcessingException bad ->
                    Problem.of(400, "BAD_JSON", bad.getOriginalMessage());
            case WebApplicationException http -> http(http);
            default -> unexpected(thrown);
        };
    }

    private static Problem http(WebApplicationException http) {
        int status = http.getResponse().getStatus();
        String detail = String.valueOf(http.getMessage());
        return switch (status) {
            case 400 -> Problem.of(status, "BAD_REQUEST", detail);
            case 404 ->
                    Problem.of(
                            status, "NO_SUCH_RESOURCE", "Expected a path of /q/openapi: " + detail);
            case 405 -> Problem.of(status, "METHOD_NOT_ALLOWED", detail);
            case 406 -> Problem.of(status, "NOT_ACCEPTABLE", detail);
            case 413 -> Problem.of(status, "TOO_LARGE", detail);
            case 415 -> Problem.of(status, "UNSUPPORTED_MEDIA_TYPE", detail);
            default -> Problem.of(status, "HTTP_" + status, detail);
        };
    }

    private static Problem unexpected(Throwable thrown) {
        String reference = UUID.randomUUID().toString();
        LOGGER.error("Expected an answer but got an exception, reference {}", reference, thrown);
        return Problem.of(500, "INTERNAL", "Unexpected error; the log has it as " + reference);
    }
}
