package io.clew.participant;

import static io.clew.participant.WireHeaders.put;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Publishes what the {@link Outbox} holds, in order, and deletes it once the broker has it. One
 * relay per database works at a time; a crash in between publishes an event twice under one id.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int PAGE = 200;
    private static final String ONLY_ONE =
            "select pg_try_advisory_xact_lock(hashtext(current_schema() || '.clew_outbox'))";
    private static final String OLDEST =
            "select id, event_id, event_type, event_time, topic, record_key, value"
                    + " from clew_outbox order by id limit "
                    + PAGE;
    private static final String DELETE = "delete from clew_outbox where id = any (?)";

    private final String source;
    private final Database database;
    private final RecordSender sender;
    private final Patience patience;
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;

    /** Starts publishing; {@code source} is the events' CloudEvents source, never a host. */
    public OutboxRelay(String source, Workplace workplace) {
        this.source = source;
        database = workplace.database();
        sender =
                new RecordSender(
                        workplace.producer(),
                        new DeadLetters(workplace.settings().deadLetterTopic()));
        patience = new Patience("outbox", workplace.settings().maxBackoff(), workplace.monitor());
        thread = Thread.ofPlatform().name("clew-outbox").start(this::run);
    }

    /** Says that a transaction with an event has just been committed. */
    public void nudge() {
        nudges.release();
    }

    @Override
    public void close() {
        patience.close();
        nudge();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!patience.isClosed()) {
                patience.until(this::publishAll);
                if (nudges.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    nudges.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publishAll() {
        var published = PAGE;
        while (published == PAGE && !patience.isClosed()) {
            published = database.inTransaction(this::publishPage);
        }
    }

    private int publishPage(Connection connection) throws SQLException {
        var ids = new ArrayList<Long>();
        var events = new ArrayList<ProducerRecord<byte[], byte[]>>();
        try (var statement = connection.createStatement()) {
            try (var row = statement.executeQuery(ONLY_ONE)) {
                if (!row.next() || !row.getBoolean(1)) {
                    return 0;
                }
            }
            try (var row = statement.executeQuery(OLDEST)) {
                while (row.next()) {
                    ids.add(row.getLong("id"));
                    events.add(event(row));
                }
            }
        }
        if (!ids.isEmpty()) {
            sender.sendAll(events);
            delete(connection, ids);
        }
        return ids.size();
    }

    private ProducerRecord<byte[], byte[]> event(ResultSet row) throws SQLException {
        var headers = new RecordHeaders();
        put(headers, WireHeaders.SPEC_VERSION, "1.0");
        put(headers, WireHeaders.ID, row.getString("event_id"));
        put(headers, WireHeaders.TYPE, row.getString("event_type"));
        put(headers, WireHeaders.SOURCE, source);
        var time = row.getObject("event_time", OffsetDateTime.class).toInstant();
        put(headers, WireHeaders.TIME, time.toString());
        put(headers, WireHeaders.CONTENT_TYPE, WireHeaders.AVRO);
        return new ProducerRecord<>(
                row.getString("topic"),
                null,
                row.getString("record_key").getBytes(UTF_8),
                row.getBytes("value"),
                headers);
    }

    private static void delete(Connection connection, List<Long> ids) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
        }
    }
}
