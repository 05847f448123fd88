package io.clew.coordinator.rest;

import io.clew.coordinator.query.BulkMigration;
import io.clew.coordinator.query.ListAsk;
import io.clew.coordinator.query.MigrationAsk;
import io.clew.coordinator.query.MigrationShare;
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
@Path(Peers.INTERNAL)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class InternalResource {

    private final SagaLists lists;
    private final BulkMigration migrations;

    public InternalResource(SagaLists lists, BulkMigration migrations) {
        this.lists = lists;
        this.migrations = migrations;
    }

    @POST
    @Path(Peers.LISTS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public List<PartitionPage> list(ListAsk ask) {
        return lists.local(ask);
    }

    @POST
    @Path(Peers.MIGRATIONS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public MigrationShare migrate(MigrationAsk ask) {
        return migrations.local(ask);
    }
}
