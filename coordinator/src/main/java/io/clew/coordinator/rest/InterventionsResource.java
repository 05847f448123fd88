package io.clew.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.ingress.ApiStarts;
import io.clew.coordinator.ingress.InboxSink;
import io.clew.coordinator.query.Answer;
import io.clew.coordinator.query.Peers;
import io.clew.coordinator.query.SagaQueries;
import io.clew.coordinator.query.SagaStatus;
import io.clew.coordinator.query.SagaWatch;
import io.clew.language.CompiledDefinition;
import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.InterventionRequest;
import io.clew.saga.Rejection;
import io.clew.saga.SagaId;
import io.clew.saga.SagaInput;
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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What operators do to sagas: each is a record of the inbox like any other input. */
@Path("/sagas/{id}/interventions")
@Tag(name = "interventions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class InterventionsResource {

    private static final Duration OUTCOME = Duration.ofSeconds(10);

    private final SagaQueries queries;
    private final SagaWatch watch;
    private final InboxSink inbox;
    private final AppliedDefinitions definitions;
    private final Forwarding forwarding;

    public InterventionsResource(
            SagaQueries queries,
            SagaWatch watch,
            InboxSink inbox,
            AppliedDefinitions definitions,
            Peers peers) {
        this.queries = queries;
        this.watch = watch;
        this.inbox = inbox;
        this.definitions = definitions;
        this.forwarding = new Forwarding(peers);
    }

    /**
     * What an operator asks for.
     *
     * @param intervention retry, skip, cancel, hold, rewind, abandon, pause, resume or migrate
     * @param command the command meant, as the status names it: its id without the attempt
     * @param note why, for the timeline
     * @param resultType with skip: full name of the record in {@code result}
     * @param result with skip: the result to go on with, as plain JSON
     * @param to with rewind: the step or savepoint to go back to
     * @param version with migrate: the version of its definition to go on by
     */
    public record Request(
            @Nullable String intervention,
            @Nullable String command,
            @Nullable String note,
            @Nullable String resultType,
            @Nullable JsonNode result,
            @Nullable String to,
            @Nullable Integer version) {}

    /**
     * What became of it; without {@code outcome} it stands on the inbox and is still to be taken.
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Accepted(
            String sagaId,
            String operationId,
            SagaStatus.PositionView position,
            Optional<String> outcome) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Intervene in a saga",
            description =
                    "retry, skip, cancel, hold, rewind, abandon, pause, resume or migrate. With"
                            + " 'wait' or If-Match the answer says whether it was applied.")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = "the revision meant; another one is a 412 and a recorded rejection")
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description = "the operation id: a repeat gets the first answer")
    @Parameter(name = "Clew-Actor", in = ParameterIn.HEADER, description = "who")
    @Parameter(name = "wait", in = ParameterIn.QUERY, description = "wait for the outcome")
    @RequestBody(content = @Content(schema = @Schema(implementation = Request.class)))
    @APIResponse(responseCode = "200", description = "applied, now or by the same call before")
    @APIResponse(
            responseCode = "202",
            description = "on the inbox",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "404", description = "NO_SUCH_SAGA")
    @APIResponse(
            responseCode = "409",
            description =
                    "NOT_ALLOWED in this state, COMMAND_MISMATCH, AMBIGUOUS, BAD_RESULT, FAULTED or"
                            + " SAGA_ENDED; a repeat gets the same")
    @APIResponse(responseCode = "412", description = "REVISION_MISMATCH")
    @APIResponse(
            responseCode = "422",
            description =
                    "RESULT_REFUSED, NO_SUCH_VERSION or NOT_MIGRATABLE: every reason is listed")
    public Response intervene(
            @PathParam("id") String id,
            @Nullable Request request,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        SagaId saga = Params.sagaId(id);
        List<URI> elsewhere = Forwarding.isForwarded(headers) ? List.of() : queries.elsewhere(saga);
        if (!elsewhere.isEmpty()) {
            return forwarding
                    .forward(
                            elsewhere.subList(0, 1),
                            "POST",
                            new Forwarding.Call(uri, headers, Json.write(request), OUTCOME))
                    .orElseThrow(() -> ProblemException.notReady(SagasResource.away(elsewhere)));
        }
        SagaStatus status =
                switch (queries.here(saga)) {
                    case Answer.Found<SagaStatus> found -> found.value();
                    case Answer.NotFound<SagaStatus> ignored -> throw SagasResource.none(saga);
                    case Answer.NotReady<SagaStatus> away ->
                            throw ProblemException.notReady(away.reason());
                    case Answer.OnOtherNode<SagaStatus> other ->
                            throw ProblemException.notReady(SagasResource.away(other.nodes()));
                };
        return intervene(saga, input(status, request, headers), uri);
    }

    private Response intervene(SagaId saga, SagaInput.Intervention input, UriInfo uri) {
        RecordMetadata at = Acks.await(inbox.intervene(saga, input));
        boolean wait = uri.getQueryParameters().containsKey("wait") || input.revision().isPresent();
        SagaWatch.Outcome outcome =
                wait
                        ? watch.awaitOutcome(at.partition(), at.offset(), OUTCOME)
                        : new SagaWatch.Outcome.Unknown();
        return switch (outcome) {
            case SagaWatch.Outcome.Unknown ignored ->
                    Response.accepted(accepted(saga, input, at, Optional.empty())).build();
            case SagaWatch.Outcome.Applied ignored ->
                    Response.ok(accepted(saga, input, at, Optional.of("applied"))).build();
            case SagaWatch.Outcome.Rejected rejected ->
                    rejected(accepted(saga, input, at, Optional.of("applied")), rejected);
        };
    }

    private static Response rejected(Accepted accepted, SagaWatch.Outcome.Rejected rejected) {
        Rejection why = rejected.rejection();
        String detail =
                "Intervention "
                        + accepted.operationId()
                        + " in "
                        + accepted.sagaId()
                        + " was rejected";
        return switch (why) {
            case OPERATION_REPEATED -> Response.ok(accepted).build();
            case REVISION_MISMATCH -> throw ProblemException.of(412, why.name(), detail);
            case KEY_TAKEN,
                    SAGA_ENDED,
                    OTHER_RUN,
                    NOT_OUTSTANDING,
                    OTHER_ATTEMPT,
                    NOTHING_DUE,
                    COMMAND_MISMATCH,
                    NOT_ALLOWED,
                    ARRIVAL_REPEATED,
                    NOT_AWAITED,
                    TOO_MANY_HELD,
                    AMBIGUOUS,
                    BAD_RESULT,
                    OTHER_PARENT,
                    NOT_MIGRATABLE,
                    FAULTED ->
                    throw ProblemException.of(409, why.name(), detail);
        };
    }

    private static Accepted accepted(
            SagaId saga,
            SagaInput.Intervention input,
            RecordMetadata at,
            Optional<String> outcome) {
        return new Accepted(
                saga.value(),
                input.operationId(),
                new SagaStatus.PositionView(at.partition(), at.offset()),
                outcome);
    }

    private SagaInput.Intervention input(
            SagaStatus status, @Nullable Request request, HttpHeaders headers) {
        String word =
                request == null || request.intervention() == null ? "" : request.intervention();
        String note = request == null || request.note() == null ? "" : request.note();
        InterventionRequest asked =
                switch (word) {
                    case "retry" -> new InterventionRequest.Retry();
                    case "skip" -> new InterventionRequest.Skip(result(status, request));
                    case "cancel" -> new InterventionRequest.Cancel();
                    case "hold" -> new InterventionRequest.Hold();
                    case "rewind" -> new InterventionRequest.Rewind(to(request));
                    case "abandon" -> new InterventionRequest.Abandon();
                    case "pause" -> new InterventionRequest.Pause();
                    case "resume" -> new InterventionRequest.Resume();
                    case "migrate" -> new InterventionRequest.Migrate(version(status, request));
                    default ->
                            throw ProblemException.badRequest(
                                    "BAD_INTERVENTION",
                                    "Expected 'intervention' to be retry, skip, cancel, hold,"
                                            + " rewind, abandon, pause, resume or migrate but got '"
                                            + word
                                            + "'");
                };
        return new SagaInput.Intervention(
                Params.operationId(headers),
                Params.revision(headers.getHeaderString("If-Match")),
                Optional.ofNullable(request).map(Request::command),
                Params.actor(headers),
                note,
                asked);
    }

    /** Checked here for its reasons; the saga itself decides, when its turn comes. */
    private DefinitionRef version(SagaStatus status, @Nullable Request request) {
        Integer version = request == null ? null : request.version();
        AppliedDefinition target =
                Optional.ofNullable(version)
                        .flatMap(it -> definitions.get(status.definition(), it))
                        .orElseThrow(
                                () ->
                                        ProblemException.invalid(
                                                "NO_SUCH_VERSION",
                                                "Expected 'version' to be one that is applied",
                                                List.of(status.definition() + ":" + version)));
        List<String> obstacles = obstacles(status, target);
        if (!obstacles.isEmpty()) {
            throw ProblemException.invalid(
                    "NOT_MIGRATABLE",
                    status.sagaId() + " cannot go on by version " + version,
                    obstacles);
        }
        return target.ref();
    }

    /** A repeat of what was applied, or what is too late, gets its answer from the saga. */
    private List<String> obstacles(SagaStatus status, AppliedDefinition target) {
        boolean settled =
                status.endedAt().isPresent() || status.version() == target.ref().version();
        return settled
                ? List.of()
                : queries.obstacles(new SagaId(status.sagaId()), target.compiled().definition());
    }

    private static String to(@Nullable Request request) {
        String to = request == null ? null : request.to();
        if (to == null || to.isEmpty()) {
            throw ProblemException.badRequest(
                    "BAD_INTERVENTION", "Expected the step or savepoint to go back to in 'to'");
        }
        return to;
    }

    /** The result an operator gives for a skipped step, in the type the definition pins for it. */
    private Optional<Bytes> result(SagaStatus status, @Nullable Request request) {
        JsonNode result = request == null ? null : request.result();
        if (request == null || result == null || result.isNull()) {
            return Optional.empty();
        }
        String type = String.valueOf(request.resultType());
        return definitions
                .get(status.definition(), status.version())
                .map(
                        definition -> {
                            String subject = CompiledDefinition.inboxSubject(type);
                            return switch (ApiStarts.frame(definition, subject, "result", result)) {
                                case ApiStarts.Framed.Fits fits -> fits.value();
                                case ApiStarts.Framed.Faulty faulty ->
                                        throw ProblemException.invalid(
                                                "RESULT_REFUSED",
                                                "The result does not fit",
                                                faulty.faults());
                            };
                        });
    }
}
