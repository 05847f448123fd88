package io.clew.order.rest;

import io.clew.order.Order;
import io.clew.order.OrderDesk;
import io.clew.order.OrderQuery;
import io.clew.order.OrderRequest;
import io.clew.order.Orders;
import io.clew.order.Placement;
import io.clew.participant.Database;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Places orders and shows them. */
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON)
class OrdersResource {
    private final OrderDesk desk;
    private final Orders orders;
    private final Database database;

    OrdersResource(OrderDesk desk, Orders orders, Database database) {
        this.desk = desk;
        this.orders = orders;
        this.database = database;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Place an order; it is fulfilled by a saga, or rejected with a code")
    @APIResponse(responseCode = "202", description = "Accepted; Location is the order")
    @APIResponse(responseCode = "200", description = "The same request was accepted before")
    @APIResponse(responseCode = "409", description = "Another order has this id")
    @APIResponse(responseCode = "400", description = "The request is wrong; every fault is listed")
    public Response place(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Nullable OrderRequest request) {
        if (request == null) {
            throw new IllegalArgumentException("Expected an order but found no body");
        }
        return switch (desk.place(request, Optional.ofNullable(idempotencyKey))) {
            case Placement.Accepted accepted -> shown(Status.ACCEPTED, accepted.order());
            case Placement.Repeated repeated -> shown(Status.OK, repeated.order());
            case Placement.Conflicting conflicting ->
                    Problem.of(
                                    Status.CONFLICT,
                                    "ORDER_EXISTS",
                                    "There is another order " + conflicting.orderId())
                            .toResponse();
            case Placement.Refused refused ->
                    Problem.of(
                                    Status.BAD_REQUEST,
                                    "INVALID_ORDER",
                                    "The order is wrong in the places listed",
                                    refused.violations())
                            .toResponse();
        };
    }

    @GET
    @Path("/{orderId}")
    @Operation(summary = "An order and where it stands for the business")
    public Response one(@PathParam("orderId") String orderId) {
        return database.inTransaction(connection -> orders.find(connection, orderId))
                .map(order -> Response.ok(order).build())
                .orElseGet(
                        () ->
                                Problem.of(
                                                Status.NOT_FOUND,
                                                "ORDER_UNKNOWN",
                                                "There is no order " + orderId)
                                        .toResponse());
    }

    @GET
    @Operation(summary = "Orders, newest first")
    public OrderPage page(
            @QueryParam("status") @Nullable String status,
            @QueryParam("customerId") @Nullable String customerId,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var query =
                new OrderQuery(
                        Optional.ofNullable(status).map(OrdersResource::status),
                        Optional.ofNullable(customerId),
                        cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor),
                        limit);
        var found = database.inTransaction(connection -> orders.find(connection, query));
        return OrderPage.of(found, limit);
    }

    private static Response shown(Status status, Order order) {
        return Response.status(status)
                .location(URI.create("/orders/" + order.orderId()))
                .entity(order)
                .build();
    }

    private static Order.Status status(String name) {
        return Arrays.stream(Order.Status.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Expected a status among "
                                                + Arrays.toString(Order.Status.values())
                                                + " but found "
                                                + name));
    }
}
