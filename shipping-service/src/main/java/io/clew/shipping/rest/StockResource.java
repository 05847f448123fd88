package io.clew.shipping.rest;

import io.clew.participant.Database;
import io.clew.shipping.Stock;
import io.clew.shipping.StockLevel;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** What is left of an article. */
@Path("/stock")
class StockResource {
    private final Database database;
    private final Stock stock;

    StockResource(Database database, Stock stock) {
        this.database = database;
        this.stock = stock;
    }

    /** The article's level; 404 if there is no such article. */
    @GET
    @Path("/{sku}")
    public StockLevel ofArticle(@PathParam("sku") String sku) {
        return database.inTransaction(connection -> stock.find(connection, sku))
                .orElseThrow(() -> new NotFoundException("There is no article " + sku));
    }
}
