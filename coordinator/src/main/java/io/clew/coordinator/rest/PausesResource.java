package io.clew.coordinator.rest;

import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.ingress.InboxSink;
import io.clew.coordinator.query.PauseBoard;
import io.clew.coordinator.query.Peers;
import io.clew.saga.PauseRequest;
import io.clew.saga.PauseSubject;
import io.clew.saga.Step;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Pauses of whole definitions and of participants, for outages and for maintenance. */
@Path("/pauses")
@Tag(name = "interventions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class PausesResource {

    private final PauseBoard board;
    private final InboxSink inbox;
    private final AppliedDefinitions definitions;
    private final Forwarding forwarding;

    public PausesResource(
            PauseBoard board, InboxSink inbox, AppliedDefinitions definitions, Peers peers) {
        this.board = board;
        this.inbox = inbox;
        this.definitions = definitions;
        this.forwarding = new Forwarding(peers);
    }

    /** It stands on the inbox, once per partition, and takes effect in the order there. */
    public record Asked(String kind, String name, String operationId, int partitions) {}

    @GET
    @Operation(
            summary = "What is paused as a whole",
            description = "Single paused sagas are listed by GET /sagas?phase=PAUSED.")
    public Response list(@Context UriInfo uri, @Context HttpHeaders headers) {
        PauseBoard.PauseList here = board.list();
        if (here.partitions() > 0 || Forwarding.isForwarded(headers)) {
            return Response.ok(here).build();
        }
        Forwarding.Call call = new Forwarding.Call(uri, headers, "", Duration.ZERO);
        return forwarding
                .forward(board.owners(), "GET", call)
                .orElseThrow(() -> ProblemException.notReady("no partition has an owner yet"));
    }

    @PUT
    @Path("/{kind}/{name}")
    @Operation(
            summary = "Pause a definition or a participant",
            description =
                    "Sagas go on taking inputs, but nothing is sent: to a paused participant, or by"
                            + " sagas of a paused definition. Timeouts stand still; no attempt is"
                            + " spent. The deadline of a saga goes on unless its definition is"
                            + " paused, and then acts when that is resumed.")
    @Parameter(name = "kind", description = "definitions or participants", in = ParameterIn.PATH)
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description = "the operation id: a repeat is applied once")
    @Parameter(name = "Clew-Actor", in = ParameterIn.HEADER, description = "who")
    @Parameter(name = "note", in = ParameterIn.QUERY, description = "why")
    @APIResponse(responseCode = "202", description = "on the inbox, in every partition")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION, NO_SUCH_PARTICIPANT")
    public Response pause(
            @PathParam("kind") String kind,
            @PathParam("name") String name,
            @QueryParam("note") @DefaultValue("") String note,
            @Context HttpHeaders headers) {
        return ask(subject(kind, name), true, note, headers);
    }

    @DELETE
    @Path("/{kind}/{name}")
    @Operation(
            summary = "Resume a definition or a participant",
            description = "What was held goes out; what was still to be waited for is waited for.")
    @Parameter(name = "kind", description = "definitions or participants", in = ParameterIn.PATH)
    @APIResponse(responseCode = "202", description = "on the inbox, in every partition")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION, NO_SUCH_PARTICIPANT")
    public Response resume(
            @PathParam("kind") String kind,
            @PathParam("name") String name,
            @Context HttpHeaders headers) {
        return ask(subject(kind, name), false, "", headers);
    }

    private Response ask(PauseSubject subject, boolean pause, String note, HttpHeaders headers) {
        PauseRequest request =
                new PauseRequest(
                        Params.operationId(headers), subject, pause, Params.actor(headers), note);
        int partitions = Acks.awaitAll(inbox.pause(request)).size();
        Asked asked =
                new Asked(
                        subject.kind().name().toLowerCase(Locale.ROOT),
                        subject.name(),
                        request.operationId(),
                        partitions);
        return Response.accepted(asked).build();
    }

    private PauseSubject subject(String kind, String name) {
        return switch (kind) {
            case "definitions" -> {
                if (definitions.versions(name).isEmpty()) {
                    throw ProblemException.of(
                            404, "NO_SUCH_DEFINITION", "No definition " + name + " is applied");
                }
                yield PauseSubject.definition(name);
            }
            case "participants" -> {
                if (participants().noneMatch(name::equals)) {
                    throw ProblemException.of(
                            404,
                            "NO_SUCH_PARTICIPANT",
                            "No applied definition has a participant " + name);
                }
                yield PauseSubject.participant(name);
            }
            default ->
                    throw ProblemException.badRequest(
                            "BAD_SUBJECT",
                            "Expected definitions or participants but got '" + kind + "'");
        };
    }

    private Stream<String> participants() {
        return definitions.all().stream()
                .flatMap(it -> it.compiled().definition().steps().stream())
                .flatMap(
                        (Step step) ->
                                Stream.concat(
                                        Stream.of(step.action()), step.compensation().stream()))
                .map(it -> it.participant());
    }
}
