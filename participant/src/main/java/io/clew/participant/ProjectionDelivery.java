package io.clew.participant;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes what a batch of events tells into the database, in one transaction, before the batch is
 * acknowledged. Events may come again, so a projection changes nothing it has changed already.
 */
public final class ProjectionDelivery implements BatchDelivery {
    private final Projection projection;
    private final Database database;
    private final Patience patience;

    /** {@code name} is what the monitor is told when something the projection needs is away. */
    public ProjectionDelivery(String name, Projection projection, Workplace workplace) {
        this.projection = projection;
        this.database = workplace.database();
        this.patience = new Patience(name, workplace.settings().maxBackoff(), workplace.monitor());
    }

    /** What one event means for the database. An exception holds up the topic, so skip bad ones. */
    @FunctionalInterface
    public interface Projection {
        void apply(Connection connection, ConsumerRecord<byte[], byte[]> event) throws SQLException;
    }

    @Override
    public void deliver(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        patience.until(() -> database.inTransaction(connection -> apply(connection, records)));
    }

    @Override
    public void close() {
        patience.close();
    }

    private int apply(Connection connection, List<ConsumerRecord<byte[], byte[]>> records)
            throws SQLException {
        for (var record : records) {
            projection.apply(connection, record);
        }
        return records.size();
    }
}
