package io.clew.coordinator.rest;

import io.clew.coordinator.query.ListAsk;
import io.clew.coordinator.query.PartitionPage;
import io.clew.coordinator.query.Peers;
import io.clew.coordinator.query.SagaLists;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What instances of the coordinator ask one another. */
@Path(Peers.LIST_PATH)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class InternalResource {

    private final SagaLists lists;

    public InternalResource(SagaLists lists) {
        this.lists = lists;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public List<PartitionPage> list(ListAsk ask) {
        return lists.local(ask);
    }
}
