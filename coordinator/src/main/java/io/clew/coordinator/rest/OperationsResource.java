package io.clew.coordinator.rest;

import io.clew.coordinator.query.DeadLetterReader;
import io.clew.coordinator.query.DeadLetterReader.DeadLetterView;
import io.clew.coordinator.query.SagaFilter;
import io.clew.coordinator.query.SagaLists;
import io.clew.coordinator.query.SagaPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an operator should look at. */
@Path("/")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class OperationsResource {

    private final SagaLists lists;
    private final DeadLetterReader deadLetters;

    public OperationsResource(SagaLists lists, DeadLetterReader deadLetters) {
        this.lists = lists;
        this.deadLetters = deadLetters;
    }

    /** The newest dead letters. */
    public record DeadLetterList(List<DeadLetterView> deadLetters) {}

    @GET
    @Path("/incidents")
    @Operation(
            summary = "Sagas with an open incident",
            description =
                    "Pages as GET /sagas does, by definition and start. Also sagas that have not"
                            + " started or cannot be read, with all that is known of them.")
    @Parameter(name = "definition", in = ParameterIn.QUERY)
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 200, else 50")
    @Parameter(name = "cursor", in = ParameterIn.QUERY)
    public SagaPage incidents(@Context UriInfo uri) {
        Params.only(uri, Set.of("definition", "limit", "cursor"));
        SagaFilter filter =
                new SagaFilter(
                        Params.text(uri, "definition"),
                        Set.of(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Optional.empty());
        return SagasResource.page(lists, filter, uri);
    }

    @GET
    @Path("/dead-letters")
    @Operation(
            summary = "The newest dead letters",
            description = "Cause and origin; payloads stay on their topic.")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 500, else 50")
    public DeadLetterList deadLetters(@Context UriInfo uri) {
        Params.only(uri, Set.of("limit"));
        return new DeadLetterList(deadLetters.newest(Params.limit(uri, 50, 500)));
    }
}
