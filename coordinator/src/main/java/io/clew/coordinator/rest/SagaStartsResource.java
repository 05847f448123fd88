package io.clew.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.coordinator.ingress.ApiStarts;
import io.clew.coordinator.query.Answer;
import io.clew.coordinator.query.Peers;
import io.clew.coordinator.query.SagaQueries;
import io.clew.coordinator.query.SagaStatus;
import io.clew.saga.SagaId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Starts sagas without their business topic. */
@Path("/sagas")
@Tag(name = "sagas")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class SagaStartsResource {

    private final ApiStarts starts;
    private final SagaQueries queries;
    private final Forwarding forwarding;
    private final ObjectMapper json;

    public SagaStartsResource(
            ApiStarts starts, SagaQueries queries, Peers peers, ObjectMapper json) {
        this.starts = starts;
        this.queries = queries;
        this.forwarding = new Forwarding(peers);
        this.json = Json.withExactDecimals(json);
    }

    /**
     * What to start.
     *
     * @param definition name of its definition
     * @param event its trigger as plain JSON
     */
    public record StartRequest(String definition, JsonNode event) {}

    /** Where the start stands on the inbox. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Started(
            String sagaId, SagaStatus.PositionView position, Optional<String> idempotencyKey) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Start a saga",
            description =
                    "The event is plain JSON of the definition's trigger type. The business key in"
                            + " it makes the call idempotent, with or without an Idempotency-Key:"
                            + " the same event again finds the same saga, also when only its"
                            + " outcome is kept. With 'Prefer: wait=30' the answer is its status at"
                            + " its end.")
    @RequestBody(content = @Content(schema = @Schema(implementation = StartRequest.class)))
    @APIResponse(
            responseCode = "202",
            description = "on the inbox; Location is its status",
            content = @Content(schema = @Schema(implementation = Started.class)))
    @APIResponse(responseCode = "200", description = "started before, or ended meanwhile")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION")
    @APIResponse(
            responseCode = "409",
            description = "KEY_TAKEN by a saga of another event, or NO_ACTIVE_VERSION")
    @APIResponse(responseCode = "422", description = "EVENT_REFUSED: every fault is listed")
    @APIResponse(
            responseCode = "503",
            description = "NOT_READY, or HELD_BACK while there is too much to do; Retry-After")
    public Response start(String body, @Context UriInfo uri, @Context HttpHeaders headers) {
        JsonNode request = Json.read(json, body);
        String definition = request.path("definition").asText("");
        ApiStarts.Prepared prepared =
                starts.prepare(
                        definition,
                        request.path("event"),
                        Optional.ofNullable(headers.getHeaderString("traceparent")));
        return switch (prepared) {
            case ApiStarts.Prepared.UnknownDefinition ignored ->
                    throw ProblemException.of(
                            404, "NO_SUCH_DEFINITION", "There is no definition " + definition);
            case ApiStarts.Prepared.NoActiveVersion ignored ->
                    throw ProblemException.of(
                            409,
                            "NO_ACTIVE_VERSION",
                            ("Expected %1$s to take new sagas but none of its versions is active;"
                                            + " make one so: PUT /definitions/%1$s/rollout")
                                    .formatted(definition));
            case ApiStarts.Prepared.Faulty faulty ->
                    throw ProblemException.invalid(
                            "EVENT_REFUSED", "The event does not fit", faulty.faults());
            case ApiStarts.Prepared.Unavailable away ->
                    throw ProblemException.notReady(away.reason());
            case ApiStarts.Prepared.Ready ready -> start(ready, body, uri, headers);
        };
    }

    private Response start(
            ApiStarts.Prepared.Ready ready, String body, UriInfo uri, HttpHeaders headers) {
        Duration wait = Params.preferredWait(headers.getHeaderString("Prefer"));
        List<URI> elsewhere =
                Forwarding.isForwarded(headers) ? List.of() : queries.elsewhere(ready.saga());
        Optional<Response> other =
                elsewhere.isEmpty()
                        ? Optional.empty()
                        : forwarding.forward(
                                elsewhere.subList(0, 1),
                                "POST",
                                new Forwarding.Call(uri, headers, body, wait));
        return other.or(() -> existing(ready, wait)).orElseGet(() -> begin(ready, wait, headers));
    }

    /** A saga of this key that is here already: a repeat gets it, another event a conflict. */
    private Optional<Response> existing(ApiStarts.Prepared.Ready ready, Duration wait) {
        SagaId saga = ready.saga();
        return switch (queries.taken(saga, ready.trigger().event())) {
            case SagaQueries.Taken.Free ignored -> Optional.empty();
            case SagaQueries.Taken.ByAnother ignored ->
                    throw ProblemException.of(
                            409, "KEY_TAKEN", "Saga " + saga + " was started by another event");
            case SagaQueries.Taken.ByTheSame same -> {
                SagaStatus status =
                        !wait.isZero()
                                        && queries.awaitEnd(saga, true, wait)
                                                instanceof Answer.Found<SagaStatus> found
                                ? found.value()
                                : same.status();
                yield Optional.of(Response.ok(status).location(location(saga)).build());
            }
        };
    }

    private Response begin(ApiStarts.Prepared.Ready ready, Duration wait, HttpHeaders headers) {
        RecordMetadata at =
                switch (starts.begin(ready)) {
                    case ApiStarts.Begun.OnInbox sent -> Acks.await(sent.at());
                    case ApiStarts.Begun.HeldBack held ->
                            throw ProblemException.of(
                                    503,
                                    "HELD_BACK",
                                    "New sagas are held back for now: %s; try again"
                                            .formatted(held.reason()));
                };
        if (!wait.isZero()
                && queries.awaitEnd(ready.saga(), true, wait)
                        instanceof Answer.Found<SagaStatus> found
                && found.value().endedAt().isPresent()) {
            return Response.ok(found.value()).location(location(ready.saga())).build();
        }
        return Response.accepted(
                        new Started(
                                ready.saga().value(),
                                new SagaStatus.PositionView(at.partition(), at.offset()),
                                Optional.ofNullable(headers.getHeaderString("Idempotency-Key"))))
                .location(location(ready.saga()))
                .build();
    }

    private static URI location(SagaId saga) {
        return URI.create("/sagas/" + URLEncoder.encode(saga.value(), StandardCharsets.UTF_8));
    }
}
