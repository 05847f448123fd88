package io.clew.coordinator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.query.BulkMigration;
import io.clew.coordinator.query.EngineView;
import io.clew.coordinator.query.MigrationOrder;
import io.clew.coordinator.query.MigrationProgress;
import io.clew.saga.StepPath;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
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

/** Running sagas of a version go on by another, all of them at one request. */
@Path("/definitions/{name}/versions/{version}/migrations")
@Tag(name = "interventions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class MigrationsResource {
    private static final Set<String> MEMBERS = Set.of("to", "step", "note", "dryRun", "cursor");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BulkMigration migrations;
    private final AppliedDefinitions definitions;
    private final ObjectMapper json;

    public MigrationsResource(
            BulkMigration migrations, AppliedDefinitions definitions, ObjectMapper json) {
        this.migrations = migrations;
        this.definitions = definitions;
        this.json = json;
    }

    /**
     * What is asked for.
     *
     * @param to the version to go on by
     * @param step only sagas that stand at this step, await or delay, or have an incident there
     * @param note why, for the timelines
     * @param dryRun only says what would be; true or false
     * @param cursor of an earlier answer: goes on from there
     */
    public record MigrationRequest(
            int to,
            Optional<String> step,
            Optional<String> note,
            Optional<Boolean> dryRun,
            Optional<String> cursor) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Migrate all running sagas of a version",
            description =
                    "Each by the intervention 'migrate', checked whole; what does not fit stays as"
                            + " it is and is counted by its reasons. The answer comes when all have"
                            + " been gone through, or after 20 seconds ('Prefer: wait=60' makes it"
                            + " up to 60). Unless it is 'complete', or none comes, the same request"
                            + " again goes on: what is migrated is not found any more. 'cursor'"
                            + " spares what was refused the second look. A saga that starts, or"
                            + " changes its phase, meanwhile may be left out: repeat it until"
                            + " nothing is migrated.")
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description = "the operation id: a saga that has answered it answers the same")
    @Parameter(name = "Clew-Actor", in = ParameterIn.HEADER, description = "who")
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, description = "wait=<seconds>")
    @RequestBody(content = @Content(schema = @Schema(implementation = MigrationRequest.class)))
    @APIResponse(responseCode = "200", description = "how far it has got")
    @APIResponse(
            responseCode = "400",
            description = "BAD_JSON, UNKNOWN_MEMBER, BAD_MEMBER or BAD_CURSOR")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION")
    @APIResponse(
            responseCode = "422",
            description = "MIGRATION_REFUSED: every fault is listed, with what to do")
    @APIResponse(responseCode = "503", description = "NOT_READY: the engine does not run")
    public MigrationProgress migrate(
            @PathParam("name") String name,
            @PathParam("version") String version,
            String body,
            @Context HttpHeaders headers) {
        JsonNode request = Json.read(json, body, MEMBERS);
        AppliedDefinition from = from(name, Params.version(version));
        MigrationOrder order = order(from, request, headers);
        Duration asked = Params.preferredWait(headers.getHeaderString("Prefer"));
        try {
            return migrations.run(
                    order, Json.text(request, "cursor"), asked.isZero() ? PATIENCE : asked);
        } catch (EngineView.NotHereException away) {
            throw ProblemException.notReady(String.valueOf(away.getMessage()));
        } catch (IllegalArgumentException bad) {
            throw ProblemException.badRequest(
                    "BAD_CURSOR",
                    "Expected the cursor of an earlier answer to this request: "
                            + bad.getMessage()
                            + "; leave it out to begin anew");
        }
    }

    private AppliedDefinition from(String name, int version) {
        return definitions
                .get(name, version)
                .orElseThrow(
                        () -> ProblemException.noDefinition(definitions, name + ":" + version));
    }

    private MigrationOrder order(AppliedDefinition from, JsonNode request, HttpHeaders headers) {
        return new MigrationOrder(
                from.ref().name(),
                from.ref().version(),
                to(from, request),
                step(from, request),
                Params.operationId(headers),
                Params.actor(headers),
                Json.text(request, "note").orElse(""),
                Json.flag(request, "dryRun"));
    }

    private int to(AppliedDefinition from, JsonNode request) {
        int to =
                Json.number(request, "to")
                        .orElseThrow(
                                () ->
                                        ProblemException.badRequest(
                                                "BAD_MEMBER",
                                                "Expected the version to go on by in 'to'"));
        if (to == from.ref().version()) {
            throw refused("to: they follow version " + to + " already; name another");
        }
        if (definitions.get(from.ref().name(), to).isEmpty()) {
            throw refused(
                    "to: version "
                            + to
                            + " is not applied, or cannot run on this release; name one of GET"
                            + " /definitions/"
                            + from.ref().name());
        }
        return to;
    }

    private static Optional<String> step(AppliedDefinition from, JsonNode request) {
        Optional<String> step = Json.text(request, "step");
        step.filter(it -> !isLeaf(from, it))
                .ifPresent(
                        it -> {
                            throw refused(
                                    "step: "
                                            + from.ref()
                                            + " has no step, await or delay "
                                            + it
                                            + "; name one, without the number of an item");
                        });
        return step;
    }

    private static boolean isLeaf(AppliedDefinition definition, String step) {
        return StepPath.name(step).equals(step)
                && definition.compiled().definition().leaf(step).isPresent();
    }

    private static ProblemException refused(String fault) {
        return ProblemException.invalid(
                "MIGRATION_REFUSED", "Nothing was migrated", List.of(fault));
    }
}
