package io.clew.participant;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes events into the database in the transaction of what they tell of; an {@link OutboxRelay}
 * publishes them. Events of one key are published in the order of their transactions, as long as
 * those wait for each other, for instance on the row of the thing they change.
 */
public final class Outbox {
    private static final String INSERT =
            """
            insert into clew_outbox (event_id, event_type, event_time, topic, record_key, value)
            values (?, ?, ?, ?, ?, ?)\
            """;

    private final Payloads payloads;
    private final Clock clock;

    public Outbox(Payloads payloads, Clock clock) {
        this.payloads = payloads;
        this.clock = clock;
    }

    /**
     * Throws {@link UnavailableException} if the event's schema is not known and the registry away.
     */
    public void add(Connection connection, String topic, String key, SpecificRecord event)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, event.getSchema().getFullName());
            insert.setObject(3, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            insert.setString(4, topic);
            insert.setString(5, key);
            insert.setBytes(6, payloads.encode(topic, event));
            insert.executeUpdate();
        }
    }
}
