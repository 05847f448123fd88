package io.clew.coordinator.rest;

import io.clew.coordinator.query.Answer;
import io.clew.coordinator.query.Peers;
import io.clew.coordinator.query.SagaFilter;
import io.clew.coordinator.query.SagaLists;
import io.clew.coordinator.query.SagaPage;
import io.clew.coordinator.query.SagaQueries;
import io.clew.coordinator.query.SagaStatus;
import io.clew.coordinator.query.Timeline;
import io.clew.coordinator.query.TimelineReader;
import io.clew.saga.SagaId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
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
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where sagas are. Any instance answers for any saga. */
@Path("/sagas")
@Tag(name = "sagas")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class SagasResource {

    private static final Set<String> LIST_PARAMETERS =
            Set.of(
                    "definition",
                    "phase",
                    "key",
                    "index.",
                    "startedAfter",
                    "startedBefore",
                    "version",
                    "step",
                    "limit",
                    "cursor");
    private static final Duration POSITION_PATIENCE = Duration.ofSeconds(5);

    private final SagaQueries queries;
    private final SagaLists lists;
    private final TimelineReader timelines;
    private final Forwarding forwarding;

    public SagasResource(
            SagaQueries queries, SagaLists lists, TimelineReader timelines, Peers peers) {
        this.queries = queries;
        this.lists = lists;
        this.timelines = timelines;
        this.forwarding = new Forwarding(peers);
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Where a saga stands",
            description =
                    "With 'Prefer: wait=30' the answer comes when the saga has ended, or after that"
                            + " many seconds (at most 60) with what there is.")
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, description = "wait=<seconds>")
    @Parameter(
            name = "minPosition",
            in = ParameterIn.QUERY,
            description = "<partition>:<offset> as a mutating call gave it: the answer has seen it",
            schema = @Schema(implementation = String.class))
    @APIResponse(
            responseCode = "200",
            description = "its status; ETag is the revision",
            content = @Content(schema = @Schema(implementation = SagaStatus.class)))
    @APIResponse(responseCode = "404", description = "NO_SUCH_SAGA: its live owner says so")
    @APIResponse(responseCode = "503", description = "NOT_READY: nobody can say now; Retry-After")
    public Response status(
            @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        SagaId saga = Params.sagaId(id);
        boolean forwarded = Forwarding.isForwarded(headers);
        Duration wait = Params.preferredWait(headers.getHeaderString("Prefer"));
        Params.position(uri, "minPosition").ifPresent(it -> await(saga, it, wait));
        Answer<SagaStatus> answer =
                wait.isZero()
                        ? queries.status(saga, forwarded)
                        : queries.awaitEnd(saga, forwarded, wait);
        return switch (answer) {
            case Answer.Found<SagaStatus> found -> ok(found.value());
            case Answer.NotFound<SagaStatus> ignored -> throw none(saga);
            case Answer.NotReady<SagaStatus> away -> throw ProblemException.notReady(away.reason());
            case Answer.OnOtherNode<SagaStatus> other ->
                    forwarding
                            .forward(
                                    other.nodes(),
                                    "GET",
                                    new Forwarding.Call(uri, headers, "", wait))
                            .orElseGet(() -> lastResort(saga));
        };
    }

    @GET
    @Path("/{id}/timeline")
    @Operation(
            summary = "What happened to a saga",
            description =
                    "Read from saga.events, up to the present status, with limits;"
                            + " 'complete' is false if one was hit. Also"
                            + " for sagas that ended, while their key is taken.")
    @APIResponse(
            responseCode = "200",
            description = "its timeline, oldest first",
            content = @Content(schema = @Schema(implementation = Timeline.class)))
    @APIResponse(responseCode = "404", description = "NO_SUCH_SAGA: its live owner says so")
    public Response timeline(
            @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        SagaId saga = Params.sagaId(id);
        return switch (queries.status(saga, Forwarding.isForwarded(headers))) {
            case Answer.Found<SagaStatus> found ->
                    Response.ok(timelines.read(found.value())).build();
            case Answer.NotFound<SagaStatus> ignored -> throw none(saga);
            case Answer.NotReady<SagaStatus> away -> throw ProblemException.notReady(away.reason());
            case Answer.OnOtherNode<SagaStatus> other ->
                    forwarding
                            .forward(
                                    other.nodes(),
                                    "GET",
                                    new Forwarding.Call(uri, headers, "", Duration.ofSeconds(10)))
                            .orElseThrow(() -> ProblemException.notReady(away(other.nodes())));
        };
    }

    @GET
    @Operation(
            summary = "List sagas",
            description =
                    "Over all instances: by saga id; with an index.<name>=<value>, by definition"
                            + " and start; with a phase or start, by phase, definition and start,"
                            + " those that have not ended first. A saga that changes its phase"
                            + " meanwhile may be listed twice or, by phase, not at all."
                            + " 'cursor' of a page asks for the next one of the same filters;"
                            + " 'complete' is false if some partitions could not be asked, which"
                            + " the cursor then asks again; 'standby' is true if copies answered"
                            + " for their owners, which may be behind. 'unreadable' says why a"
                            + " saga's row cannot be read.")
    @Parameter(name = "definition", in = ParameterIn.QUERY)
    @Parameter(name = "phase", in = ParameterIn.QUERY, description = "one or more, by commas")
    @Parameter(name = "key", in = ParameterIn.QUERY, description = "business key")
    @Parameter(name = "startedAfter", in = ParameterIn.QUERY, description = "instant, inclusive")
    @Parameter(name = "startedBefore", in = ParameterIn.QUERY, description = "instant, exclusive")
    @Parameter(name = "version", in = ParameterIn.QUERY, description = "of their definition")
    @Parameter(
            name = "step",
            in = ParameterIn.QUERY,
            description = "a step, an await or a delay they stand at, or that has an incident")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 200, else 50")
    @Parameter(name = "cursor", in = ParameterIn.QUERY)
    public SagaPage list(@Context UriInfo uri) {
        Params.only(uri, LIST_PARAMETERS);
        SagaFilter filter =
                new SagaFilter(
                        Params.text(uri, "definition"),
                        Params.phases(uri),
                        Params.text(uri, "key"),
                        Params.index(uri),
                        Params.instant(uri, "startedAfter"),
                        Params.instant(uri, "startedBefore"),
                        false,
                        Params.text(uri, "version").map(Params::version),
                        Params.text(uri, "step"));
        return page(lists, filter, uri);
    }

    static SagaPage page(SagaLists lists, SagaFilter filter, UriInfo uri) {
        try {
            return lists.list(filter, Params.text(uri, "cursor"), Params.limit(uri, 50, 200));
        } catch (IllegalArgumentException bad) {
            throw ProblemException.badRequest(
                    "BAD_CURSOR", "Expected the cursor of an earlier page: " + bad.getMessage());
        }
    }

    private void await(SagaId saga, Params.PositionParam position, Duration wait) {
        Duration patience = wait.compareTo(POSITION_PATIENCE) > 0 ? wait : POSITION_PATIENCE;
        if (!queries.awaitPosition(saga, position.partition(), position.offset(), patience)) {
            throw ProblemException.notReady(
                    "Expected the engine to have reached " + position + " but it has not yet");
        }
    }

    static Response ok(SagaStatus status) {
        return Response.ok(status).tag(String.valueOf(status.revision())).build();
    }

    static ProblemException none(SagaId saga) {
        return ProblemException.of(404, "NO_SUCH_SAGA", "There is no saga " + saga);
    }

    static String away(List<?> nodes) {
        return "Expected an answer of one of " + nodes + " but got none";
    }

    /** Nobody who should know answers: a copy here is better than nothing. */
    private Response lastResort(SagaId saga) {
        return switch (queries.here(saga)) {
            case Answer.Found<SagaStatus> found -> ok(found.value());
            case Answer.NotReady<SagaStatus> away -> throw ProblemException.notReady(away.reason());
            case Answer.NotFound<SagaStatus> ignored ->
                    throw ProblemException.notReady("the owner of " + saga + " does not answer");
            case Answer.OnOtherNode<SagaStatus> other ->
                    throw ProblemException.notReady(away(other.nodes()));
        };
    }
}
