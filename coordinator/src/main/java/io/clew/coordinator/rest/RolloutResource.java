package io.clew.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.definitions.Candidate;
import io.clew.coordinator.definitions.Rollout;
import io.clew.coordinator.definitions.RolloutPublisher;
import io.clew.coordinator.definitions.RolloutResult;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which versions of a definition take new sagas. */
@Path("/definitions/{name}/rollout")
@Tag(name = "definitions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class RolloutResource {
    private static final Set<String> MEMBERS = Set.of("active", "candidate", "retired", "reason");
    private static final Set<String> CANDIDATE = Set.of("version", "percent");
    private static final int MAX_RETIRED = 10_000;

    private final AppliedDefinitions definitions;
    private final RolloutPublisher publisher;
    private final ObjectMapper json;

    public RolloutResource(
            AppliedDefinitions definitions, RolloutPublisher publisher, ObjectMapper json) {
        this.definitions = definitions;
        this.publisher = publisher;
        this.json = json;
    }

    /**
     * A version that is tried out.
     *
     * @param version which
     * @param percent its share of the new sagas, 0 to 100
     */
    public record CandidateView(int version, int percent) {}

    /**
     * What is to be; what is left out is not there.
     *
     * @param active the version that new sagas follow; none if all are retired
     * @param candidate a version that a share of them follows
     * @param retired versions that take no new sagas and cannot be made active
     * @param reason why
     */
    public record RolloutRequest(
            Optional<Integer> active,
            Optional<CandidateView> candidate,
            List<Integer> retired,
            Optional<String> reason) {}

    /**
     * What is; the last four tell of the last request that changed it.
     *
     * @param revision names this state, for If-Match
     * @param active none if no new sagas are started
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record RolloutView(
            String name,
            long revision,
            Optional<Integer> active,
            Optional<CandidateView> candidate,
            List<Integer> retired,
            Optional<String> operationId,
            Optional<Instant> changedAt,
            Optional<String> changedBy,
            Optional<String> reason) {

        private static RolloutView of(String name, Rollout rollout) {
            return new RolloutView(
                    name,
                    rollout.revision(),
                    rollout.active(),
                    rollout.candidate().map(it -> new CandidateView(it.version(), it.percent())),
                    List.copyOf(rollout.retired()),
                    rollout.change().map(Rollout.Change::operationId),
                    rollout.change().map(Rollout.Change::at),
                    rollout.change().map(Rollout.Change::by),
                    rollout.change().map(Rollout.Change::reason));
        }
    }

    @GET
    @Operation(summary = "Which versions of a definition take new sagas")
    @APIResponse(
            responseCode = "200",
            description = "ETag is the revision",
            content = @Content(schema = @Schema(implementation = RolloutView.class)))
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION")
    public Response get(@PathParam("name") String name) {
        if (!definitions.names().contains(name)) {
            throw ProblemException.noDefinition(definitions, name);
        }
        return ok(name, definitions.rollout(name));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Activate, try out and retire versions of a definition",
            description =
                    "The whole rollout: what is left out is not there any more. The candidate takes"
                            + " its share of the new sagas by a hash of their business key: the"
                            + " same key goes the same way, and a larger share only moves keys to"
                            + " the candidate. Sagas that run stay on their version. Without an"
                            + " active version, which takes that all are retired, nothing is"
                            + " started by events or by POST /sagas.")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = "the revision meant; another one is a 412")
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description = "the operation id: a repeat changes nothing, also after other changes")
    @Parameter(name = "Clew-Actor", in = ParameterIn.HEADER, description = "who")
    @RequestBody(content = @Content(schema = @Schema(implementation = RolloutRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "it stands, now or before; ETag is the revision",
            content = @Content(schema = @Schema(implementation = RolloutView.class)))
    @APIResponse(
            responseCode = "400",
            description = "BAD_JSON, UNKNOWN_MEMBER, BAD_MEMBER or BAD_HEADER")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION")
    @APIResponse(responseCode = "412", description = "REVISION_MISMATCH")
    @APIResponse(
            responseCode = "422",
            description = "ROLLOUT_REFUSED: every fault is listed, with what to do")
    @APIResponse(responseCode = "503", description = "broker or registry do not answer")
    public Response put(@PathParam("name") String name, String body, @Context HttpHeaders headers) {
        Rollout.Wish wish = wish(Json.read(json, body, MEMBERS), headers);
        return switch (publisher.put(name, wish)) {
            case RolloutResult.Stands it -> ok(name, it.rollout());
            case RolloutResult.Unknown ignored ->
                    throw ProblemException.noDefinition(definitions, name);
            case RolloutResult.Overtaken it ->
                    throw ProblemException.of(
                            412,
                            "REVISION_MISMATCH",
                            ("Expected the rollout of %s to have revision %s but it has %d;"
                                            + " read it again")
                                    .formatted(
                                            name,
                                            wish.basedOn().map(String::valueOf).orElse("any"),
                                            it.rollout().revision()));
            case RolloutResult.Refused it ->
                    throw ProblemException.invalid(
                            "ROLLOUT_REFUSED",
                            "The rollout of " + name + " cannot be",
                            it.faults());
            case RolloutResult.Unavailable away -> throw ProblemException.notReady(away.reason());
        };
    }

    private static Rollout.Wish wish(JsonNode request, HttpHeaders headers) {
        return new Rollout.Wish(
                Json.number(request, "active"),
                candidate(request.path("candidate")),
                retired(request.path("retired")),
                Params.revision(headers.getHeaderString("If-Match")),
                new Rollout.Change(
                        Params.operationId(headers),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        Params.actor(headers),
                        Json.text(request, "reason").orElse("")));
    }

    private static Optional<Candidate> candidate(JsonNode request) {
        if (request.isMissingNode() || request.isNull()) {
            return Optional.empty();
        }
        Optional<Integer> version = Json.number(request, "version");
        Optional<Integer> percent = Json.number(request, "percent");
        boolean known =
                request.isObject()
                        && request.size() == CANDIDATE.size()
                        && version.filter(it -> it >= 1).isPresent()
                        && percent.filter(it -> it >= 0 && it <= Candidate.WHOLE).isPresent();
        if (!known) {
            throw ProblemException.badRequest(
                    "BAD_MEMBER",
                    "Expected 'candidate' like {\"version\": 2, \"percent\": 10}, with 0 to 100"
                            + " percent, but got "
                            + request);
        }
        return Optional.of(new Candidate(version.get(), percent.get()));
    }

    private static Set<Integer> retired(JsonNode request) {
        Set<Integer> retired = new HashSet<>();
        boolean list = request.isMissingNode() || request.isNull() || request.isArray();
        for (JsonNode each : request) {
            list &= each.isInt();
            retired.add(each.intValue());
        }
        if (!list || request.size() > MAX_RETIRED) {
            throw ProblemException.badRequest(
                    "BAD_MEMBER", "Expected 'retired' to be a list of versions like [1, 2]");
        }
        return retired;
    }

    private Response ok(String name, Rollout rollout) {
        return Response.ok(RolloutView.of(name, rollout))
                .tag(String.valueOf(rollout.revision()))
                .build();
    }
}
