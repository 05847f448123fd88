package io.clew.participant;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Learns from {@code saga.events} which sagas have ended and forgets their executions, but only
 * after the time for which a command of theirs may still lie on the command topic. A participant
 * that does not use this keeps its executions for good, which is safe.
 */
public final class EndedSagas implements BatchDelivery {
    private static final Logger LOGGER = System.getLogger(EndedSagas.class.getName());
    private static final Set<String> ENDED = Set.of("COMPLETED", "COMPENSATED", "ABANDONED");
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    private static final int PAGE = 1_000;
    private static final String REMEMBER =
            "insert into clew_ended_saga (saga_id, run, ended_at) values (?, ?, ?)"
                    + " on conflict do nothing";
    private static final String FORGET =
            """
            with old as (
                delete from clew_ended_saga where (saga_id, run) in (
                    select saga_id, run from clew_ended_saga
                    where ended_at < ? order by ended_at limit ?)
                returning saga_id, run),
            gone as (
                delete from clew_execution e using old
                where e.saga_id = old.saga_id and e.run = old.run)
            select count(*) from old\
            """;

    private final Payloads payloads;
    private final Duration retention;
    private final Clock clock;
    private final Database database;
    private final Patience patience;
    private final CommandLifetime commands;
    private final Thread firstLook;
    private Instant nextSweep = Instant.MIN;

    /**
     * Takes the deserializer from the configuration. Forgets nothing, and says so at the start,
     * while a command may lie on the participant's topic for longer than {@code retention}.
     */
    public EndedSagas(
            Participant participant,
            Map<String, ?> config,
            Duration retention,
            Workplace workplace) {
        var generic = new HashMap<String, Object>(config);
        generic.put("specific.avro.reader", false);
        this.payloads = Payloads.configured(generic);
        this.retention = retention;
        this.clock = workplace.settings().clock();
        this.database = workplace.database();
        this.patience =
                new Patience("saga events", workplace.settings().maxBackoff(), workplace.monitor());
        this.commands = new CommandLifetime(participant.commandTopic(), config, clock);
        this.firstLook = Thread.ofVirtual().name("clew-command-lifetime").start(this::look);
    }

    private record Ended(String sagaId, long run, Instant at) {}

    @Override
    public void deliver(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        patience.until(() -> remember(records));
        if (clock.instant().isAfter(nextSweep)) {
            if (commands.isWithin(retention)) {
                patience.until(this::forgetOld);
            }
            nextSweep = clock.instant().plus(BETWEEN_SWEEPS);
        }
    }

    @Override
    public void close() {
        patience.close();
        firstLook.interrupt();
    }

    private void look() {
        try {
            LOGGER.log(Level.DEBUG, "Ended sagas are forgotten: {0}", commands.isWithin(retention));
        } catch (InterruptedException e) {
            LOGGER.log(Level.DEBUG, "Closed before it was known how long commands lie");
        }
    }

    private void remember(List<ConsumerRecord<byte[], byte[]>> records) {
        var ended = new ArrayList<Ended>();
        for (var record : records) {
            ended(record).ifPresent(ended::add);
        }
        if (!ended.isEmpty()) {
            database.inTransaction(connection -> remember(connection, ended));
        }
    }

    private Optional<Ended> ended(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() != null
                    && payloads.decode(record.topic(), record.value())
                            instanceof IndexedRecord transition
                    && ENDED.contains(field(transition, "phase").toString())) {
                return Optional.of(
                        new Ended(
                                field(transition, "sagaId").toString(),
                                (Long) field(transition, "run"),
                                Instant.ofEpochMilli(record.timestamp())));
            }
        } catch (IllegalArgumentException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Skipped {0}-{1}@{2}: {3}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
        return Optional.empty();
    }

    private static Object field(IndexedRecord record, String name) {
        var field = record.getSchema().getField(name);
        if (field == null || record.get(field.pos()) == null) {
            throw new IllegalArgumentException("Expected a saga transition with a " + name);
        }
        return record.get(field.pos());
    }

    private static int remember(Connection connection, List<Ended> ended) throws SQLException {
        try (var insert = connection.prepareStatement(REMEMBER)) {
            for (var saga : ended) {
                insert.setString(1, saga.sagaId());
                insert.setLong(2, saga.run());
                insert.setObject(3, OffsetDateTime.ofInstant(saga.at(), ZoneOffset.UTC));
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    private void forgetOld() {
        var before = OffsetDateTime.ofInstant(clock.instant().minus(retention), ZoneOffset.UTC);
        var forgotten = PAGE;
        while (forgotten == PAGE) {
            forgotten = database.inTransaction(connection -> forgetPage(connection, before));
        }
    }

    private static int forgetPage(Connection connection, OffsetDateTime before)
            throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setObject(1, before);
            delete.setInt(2, PAGE);
            try (var row = delete.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }
}
