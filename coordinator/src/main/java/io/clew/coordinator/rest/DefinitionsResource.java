package io.clew.coordinator.rest;

import io.clew.coordinator.definitions.AppliedDefinition;
import io.clew.coordinator.definitions.AppliedDefinitions;
import io.clew.coordinator.definitions.DefinitionLanguage;
import io.clew.coordinator.definitions.DefinitionPublisher;
import io.clew.coordinator.definitions.Intake;
import io.clew.coordinator.definitions.PutResult;
import io.clew.coordinator.definitions.Rollout;
import io.clew.coordinator.definitions.SchemaCheck;
import io.clew.coordinator.definitions.StartFrom;
import io.clew.language.DefinitionDiagram;
import io.clew.language.Fault;
import io.clew.language.diagram.Diagram;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Definitions: applied by version, immutable, active as soon as they are there, or later. */
@Path("/definitions")
@Tag(name = "definitions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class DefinitionsResource {

    private static final int MAX_BYTES = 256 * 1024;
    private static final String MERMAID = "text/vnd.mermaid";
    private static final String SVG = "image/svg+xml";

    private final AppliedDefinitions definitions;
    private final DefinitionPublisher publisher;
    private final SchemaCheck schemas;

    public DefinitionsResource(
            AppliedDefinitions definitions, DefinitionPublisher publisher, SchemaCheck schemas) {
        this.definitions = definitions;
        this.publisher = publisher;
        this.schemas = schemas;
    }

    /** A list of definitions. */
    public record DefinitionList(List<DefinitionView> definitions) {}

    /** That a text would be accepted. */
    public record Validated(
            String name, int version, String sha256, List<DefinitionView.FaultView> warnings) {}

    @PUT
    @Path("/{name}/versions/{version}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Apply a definition (YAML or JSON)",
            description =
                    "Checked whole against the registered schemas. New sagas follow it at once if"
                            + " it is higher than the active version, and a trial of another one"
                            + " ends; see the rollout. Identical content changes nothing.")
    @APIResponse(responseCode = "201", description = "applied")
    @APIResponse(responseCode = "200", description = "was applied before with this very content")
    @APIResponse(responseCode = "409", description = "VERSION_TAKEN: it has other content")
    @APIResponse(responseCode = "422", description = "DEFINITION_REFUSED: every fault is listed")
    @APIResponse(responseCode = "503", description = "broker or registry do not answer")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description =
                    "Where it begins to listen: 'earliest' or an instant; the present end of its"
                            + " trigger topic if not given")
    @Parameter(
            name = "activate",
            in = ParameterIn.QUERY,
            description = "'false': no new sagas follow it until a rollout says so")
    public Response put(
            @PathParam("name") String name,
            @PathParam("version") String version,
            @Context UriInfo uri,
            @Parameter(description = "Who applies it") @HeaderParam("Clew-Actor")
                    @Nullable String actor,
            @Nullable String source) {
        Params.only(uri, Set.of("from", "activate"));
        Optional<String> from = Params.text(uri, "from");
        DefinitionPublisher.Put put =
                new DefinitionPublisher.Put(
                        name,
                        Params.version(version),
                        checked(source),
                        startFrom(from),
                        Optional.ofNullable(actor),
                        Params.flag(uri, "activate", true));
        if (from.isPresent() && !put.activate()) {
            throw ProblemException.badRequest(
                    "BAD_PARAMETER",
                    "Expected 'from' or 'activate=false' but got both: a version that is not active"
                            + " starts nothing from what it would read; leave one of them out");
        }
        return answer(publisher.put(put));
    }

    private Response answer(PutResult result) {
        return switch (result) {
            case PutResult.Created created ->
                    Response.created(uri(created.definition()))
                            .entity(view(created.definition(), Optional.of(created.warnings())))
                            .build();
            case PutResult.Unchanged same ->
                    Response.ok(view(same.definition(), Optional.empty())).build();
            case PutResult.Conflict conflict ->
                    throw ProblemException.of(
                            409,
                            "VERSION_TAKEN",
                            "Expected %s:%d to be free or the same but it has the sha256 %s"
                                    .formatted(
                                            conflict.name(),
                                            conflict.version(),
                                            conflict.sha256()));
            case PutResult.Refused refused -> throw refused(refused.faults());
            case PutResult.Unavailable away -> throw ProblemException.notReady(away.reason());
        };
    }

    @POST
    @Path("/validate")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Check a definition without applying it")
    @APIResponse(responseCode = "200", description = "it would be accepted")
    @APIResponse(responseCode = "422", description = "DEFINITION_REFUSED: every fault is listed")
    public Validated validate(@Nullable String source) {
        return switch (publisher.validate(checked(source))) {
            case DefinitionLanguage.Compiled.Refused refused -> throw refused(refused.faults());
            case DefinitionLanguage.Compiled.Accepted accepted ->
                    new Validated(
                            accepted.definition().definition().ref().name(),
                            accepted.definition().definition().ref().version(),
                            accepted.definition().definition().ref().sha256(),
                            accepted.warnings().stream()
                                    .map(DefinitionView.FaultView::of)
                                    .toList());
        };
    }

    @POST
    @Path("/check-schemas")
    @Operation(
            summary = "Check every version that takes new sagas against the newest schemas",
            description =
                    "Whether each would be accepted again as it was written. What runs keeps the"
                            + " schemas it was pinned to, whatever is found here.")
    @APIResponse(responseCode = "200", description = "every fault with its place in the text")
    @APIResponse(responseCode = "503", description = "the registry does not answer")
    public SchemaCheckView checkSchemas(
            @Parameter(description = "Also versions that take no new sagas") @QueryParam("all")
                    boolean all) {
        if (!definitions.caughtUp()) {
            throw ProblemException.notReady("the definitions are still being read");
        }
        return SchemaCheckView.of(
                schemas.check(
                        definitions.names().stream()
                                .flatMap(it -> definitions.versions(it).stream())
                                .filter(it -> all || share(it) > 0)
                                .toList()));
    }

    private int share(AppliedDefinition applied) {
        return definitions.rollout(applied.ref().name()).share(applied.ref().version());
    }

    @GET
    @Operation(
            summary = "The active version of every definition",
            description = "Of one that takes no new sagas, the newest version.")
    public DefinitionList list() {
        return new DefinitionList(
                definitions.names().stream()
                        .flatMap(it -> shown(it).stream())
                        .map(this::line)
                        .toList());
    }

    private Optional<AppliedDefinition> shown(String name) {
        return definitions
                .intake(name)
                .map(Intake::active)
                .or(() -> definitions.versions(name).stream().findFirst());
    }

    private DefinitionView line(AppliedDefinition applied) {
        Rollout rollout = definitions.rollout(applied.ref().name());
        return DefinitionView.of(applied, rollout, false, Optional.empty());
    }

    @GET
    @Path("/{name}")
    @Operation(
            summary = "All versions of a definition, newest first",
            description = "'state' and 'share' say which of them take new sagas.")
    @APIResponse(responseCode = "200", description = "each without its text")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION")
    public DefinitionList versions(@PathParam("name") String name) {
        List<AppliedDefinition> versions = definitions.versions(name);
        if (versions.isEmpty()) {
            throw ProblemException.noDefinition(definitions, name);
        }
        return new DefinitionList(versions.stream().map(this::line).toList());
    }

    @GET
    @Path("/{name}/versions/{version}")
    @Operation(summary = "One version of a definition, its text included")
    @APIResponse(responseCode = "200", description = "the definition")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION")
    public DefinitionView version(
            @PathParam("name") String name, @PathParam("version") String version) {
        return view(applied(name, version), Optional.empty());
    }

    @GET
    @Path("/{name}/versions/{version}/diagram")
    @Produces({MERMAID, MediaType.TEXT_PLAIN})
    @Operation(summary = "One version of a definition as a Mermaid flowchart")
    @APIResponse(responseCode = "200", description = "forward path and compensations")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION")
    public String mermaid(@PathParam("name") String name, @PathParam("version") String version) {
        return diagram(name, version).mermaid();
    }

    @GET
    @Path("/{name}/versions/{version}/diagram")
    @Produces(SVG)
    @Operation(summary = "One version of a definition as a picture")
    @APIResponse(responseCode = "200", description = "forward path and compensations")
    @APIResponse(responseCode = "404", description = "NO_SUCH_DEFINITION")
    public String svg(@PathParam("name") String name, @PathParam("version") String version) {
        return diagram(name, version).svg();
    }

    private Diagram diagram(String name, String version) {
        return DefinitionDiagram.of(applied(name, version).compiled());
    }

    private AppliedDefinition applied(String name, String version) {
        return definitions
                .get(name, Params.version(version))
                .orElseThrow(
                        () -> ProblemException.noDefinition(definitions, name + ":" + version));
    }

    private DefinitionView view(AppliedDefinition applied, Optional<List<Fault>> warnings) {
        Rollout rollout = definitions.rollout(applied.ref().name());
        return DefinitionView.of(applied, rollout, true, warnings);
    }

    private static ProblemException refused(List<Fault> faults) {
        return ProblemException.invalid(
                "DEFINITION_REFUSED",
                "The definition has " + faults.size() + (faults.size() == 1 ? " fault" : " faults"),
                faults.stream().map(DefinitionView.FaultView::of).toList());
    }

    private static String checked(@Nullable String source) {
        if (source == null || source.isBlank()) {
            throw ProblemException.badRequest("EMPTY_BODY", "Expected a definition in the body");
        }
        int size = source.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_BYTES) {
            throw ProblemException.of(
                    413,
                    "TOO_LARGE",
                    "Expected a definition of at most " + MAX_BYTES + " bytes but got " + size);
        }
        return source;
    }

    private static StartFrom startFrom(Optional<String> from) {
        try {
            return StartFrom.of(from);
        } catch (IllegalArgumentException bad) {
            throw ProblemException.badRequest("BAD_PARAMETER", String.valueOf(bad.getMessage()));
        }
    }

    private static URI uri(AppliedDefinition applied) {
        return URI.create(
                "/definitions/" + applied.ref().name() + "/versions/" + applied.ref().version());
    }
}
