package io.clew.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.ingress.ApiStarts;
import io.clew.coordinator.ingress.InboxSink;
import io.clew.coordinator.query.Answer;
import io.clew.coordinator.query.SagaQueries;
import io.clew.coordinator.query.SagaStatus;
import io.clew.coordinator.query.SagaWatch;
import io.clew.language.CompiledDefinition;
import io.clew.saga.Arrival;
import io.clew.saga.Await;
import io.clew.saga.Channel;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Messages from outside to running sagas; each is a record of the inbox like any other input. */
@Path("/sagas/{id}/signals/{name}")
@Tag(name = "signals")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class SignalsResource {

    private static final Duration OUTCOME = Duration.ofSeconds(10);

    private final SagaQueries queries;
    private final SagaWatch watch;
    private final InboxSink inbox;
    private final AppliedDefinitions definitions;
    private final ObjectMapper json;

    public SignalsResource(
            SagaQueries queries,
            SagaWatch watch,
            InboxSink inbox,
            AppliedDefinitions definitions,
            ObjectMapper json) {
        this.queries = queries;
        this.watch = watch;
        this.inbox = inbox;
        this.definitions = definitions;
        this.json = Json.withExactDecimals(json);
    }

    /** What became of it; without {@code outcome} it stands on the inbox and is to be taken. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Accepted(
            String sagaId,
            String signalId,
            SagaStatus.PositionView position,
            Optional<String> outcome) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Send a signal to a saga",
            description =
                    "The body is plain JSON of the record that the definition's await of this name"
                            + " takes. A signal that comes before its await, or before the saga's"
                            + " start, is held for it. With 'wait' the answer says what became of"
                            + " it.")
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description = "names the signal: a repeat changes nothing")
    @Parameter(name = "wait", in = ParameterIn.QUERY, description = "wait for the outcome")
    @APIResponse(responseCode = "200", description = "taken, or held for its await")
    @APIResponse(
            responseCode = "202",
            description = "on the inbox",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "404", description = "NO_SUCH_SIGNAL in the saga's definition")
    @APIResponse(
            responseCode = "409",
            description = "SAGA_ENDED, NOT_AWAITED any more or TOO_MANY_HELD")
    @APIResponse(responseCode = "422", description = "SIGNAL_REFUSED: every fault is listed")
    public Response signal(
            @PathParam("id") String id,
            @PathParam("name") String name,
            String body,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        SagaId saga = Params.sagaId(id);
        String signalId = Params.operationId(headers);
        Arrival arrival = arrival(saga, signalId, name, Json.read(json, body));
        RecordMetadata at = Acks.await(inbox.arrive(saga, arrival));
        boolean wait = uri.getQueryParameters().containsKey("wait");
        SagaWatch.Outcome outcome =
                wait
                        ? watch.awaitOutcome(at.partition(), at.offset(), OUTCOME)
                        : new SagaWatch.Outcome.Unknown();
        Accepted accepted = accepted(saga, signalId, at, Optional.empty());
        return switch (outcome) {
            case SagaWatch.Outcome.Unknown ignored -> Response.accepted(accepted).build();
            case SagaWatch.Outcome.Applied ignored ->
                    Response.ok(accepted(saga, signalId, at, Optional.of("applied"))).build();
            case SagaWatch.Outcome.Rejected rejected -> rejected(accepted, rejected.rejection());
        };
    }

    private static Response rejected(Accepted accepted, Rejection why) {
        if (why == Rejection.ARRIVAL_REPEATED) {
            return Response.ok(accepted).build();
        }
        String detail =
                "Signal " + accepted.signalId() + " to " + accepted.sagaId() + " was rejected";
        throw ProblemException.of(409, why.name(), detail);
    }

    private static Accepted accepted(
            SagaId saga, String signalId, RecordMetadata at, Optional<String> outcome) {
        return new Accepted(
                saga.value(),
                signalId,
                new SagaStatus.PositionView(at.partition(), at.offset()),
                outcome);
    }

    private Arrival arrival(SagaId saga, String signalId, String name, JsonNode body) {
        Channel channel = new Channel.Signal(name);
        AppliedDefinition definition = definition(saga, channel);
        String type = await(definition, channel).orElseThrow().type();
        String subject = CompiledDefinition.inboxSubject(type);
        return switch (ApiStarts.frame(definition, subject, "signal", body)) {
            case ApiStarts.Framed.Fits fits -> new Arrival(signalId, channel, type, fits.value());
            case ApiStarts.Framed.Faulty faulty ->
                    throw ProblemException.invalid(
                            "SIGNAL_REFUSED", "The signal does not fit", faulty.faults());
        };
    }

    /** The version the saga follows if it can be seen here, else the newest that knows it. */
    private AppliedDefinition definition(SagaId saga, Channel channel) {
        Optional<Integer> version =
                queries.here(saga) instanceof Answer.Found<SagaStatus> found
                        ? Optional.of(found.value().version())
                        : Optional.empty();
        List<AppliedDefinition> known =
                definitions.versions(saga.definition()).stream()
                        .filter(it -> await(it, channel).isPresent())
                        .toList();
        return known.stream()
                .filter(it -> version.equals(Optional.of(it.ref().version())))
                .findFirst()
                .or(() -> known.stream().findFirst())
                .orElseThrow(() -> none(saga, channel));
    }

    private static Optional<Await> await(AppliedDefinition definition, Channel channel) {
        return definition.compiled().definition().awaits().stream()
                .filter(it -> it.channel().equals(channel))
                .findFirst();
    }

    private static ProblemException none(SagaId saga, Channel channel) {
        return ProblemException.of(
                404, "NO_SUCH_SIGNAL", "Definition " + saga.definition() + " awaits no " + channel);
    }
}
