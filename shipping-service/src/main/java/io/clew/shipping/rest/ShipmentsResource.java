package io.clew.shipping.rest;

import io.clew.participant.Database;
import io.clew.shipping.Shipment;
import io.clew.shipping.Shipments;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** The parcels of an order. */
@Path("/shipments")
class ShipmentsResource {
    private final Database database;
    private final Shipments shipments;

    ShipmentsResource(Database database, Shipments shipments) {
        this.database = database;
        this.shipments = shipments;
    }

    /** Every shipment of an order, oldest first; none if it was never booked. */
    @GET
    @Path("/{orderId}")
    public List<Shipment> ofOrder(@PathParam("orderId") String orderId) {
        return database.inTransaction(connection -> shipments.find(connection, orderId));
    }
}
