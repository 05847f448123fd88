package io.clew.payment.rest;

import io.clew.participant.Database;
import io.clew.payment.Charge;
import io.clew.payment.Charges;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** What an order's customer was charged and refunded. */
@Path("/payments")
class PaymentsResource {
    private final Database database;
    private final Charges charges;

    PaymentsResource(Database database, Charges charges) {
        this.database = database;
        this.charges = charges;
    }

    /** Every charge of an order, oldest first; none if it was never charged. */
    @GET
    @Path("/{orderId}")
    public List<Charge> ofOrder(@PathParam("orderId") String orderId) {
        return database.inTransaction(connection -> charges.find(connection, orderId));
    }
}
