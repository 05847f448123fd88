package io.clew.participant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clew.payment.ChargePayment;
import io.clew.payment.Currency;
import io.clew.payment.RefundPayment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A participant under test, with a database schema, a clock and a till of its own. The till is a
 * table; what a test expects of it is what a customer would see.
 */
final class Shop implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final ConcurrentLinkedQueue<String> unavailable = new ConcurrentLinkedQueue<>();
    private final String schema = "shop_" + SCHEMAS.incrementAndGet();
    private final Payloads payloads = Payloads.configured(RealParts.get().config());

    /** The database as one worker sees it, with its own limits. */
    Database database(Duration lockTimeout, Duration idleTimeout) {
        return new Database(
                RealParts.get().dataSource(schema), this::migrate, lockTimeout, idleTimeout);
    }

    Workplace workplace(Database database) {
        return new Workplace(
                database,
                payloads,
                ReplyProducer.create(RealParts.get().config()),
                ParticipantSettings.defaults().withClock(clock()),
                new ParticipantMonitor() {
                    @Override
                    public void unavailable(String work, String cause) {
                        unavailable.add(work + ": " + cause);
                    }
                });
    }

    Workplace workplace() {
        return workplace(database(Duration.ofSeconds(5), Duration.ofSeconds(60)));
    }

    CommandBatchHandler worker(Participant participant) {
        return new CommandBatchHandler(participant, workplace());
    }

    Payloads payloads() {
        return payloads;
    }

    /** Puts money into the till, or takes it out, in the command's transaction. */
    static Outcome book(CommandContext context, String what) throws SQLException {
        book(context.connection(), what);
        return Outcome.succeeded();
    }

    static void book(Connection connection, String what) throws SQLException {
        try (var insert = connection.prepareStatement("insert into till (what) values (?)")) {
            insert.setString(1, what);
            insert.executeUpdate();
        }
    }

    /** A participant that books charges and refunds and never refuses. */
    static Participant.Builder payment() {
        return Participant.named("payment")
                .on(
                        ChargePayment.class,
                        (command, context) -> book(context, "charge " + command.getOrderId()))
                .on(
                        RefundPayment.class,
                        (command, context) -> book(context, "refund " + command.getOrderId()));
    }

    static ChargePayment charge(String orderId) {
        return new ChargePayment(orderId, new BigDecimal("12.50"), Currency.EUR, "tok_visa");
    }

    static RefundPayment refund(String orderId) {
        return new RefundPayment(orderId, null);
    }

    List<String> till() {
        return column("select what from till order by id");
    }

    List<String> books() {
        return column(
                "select direction || ' ' || status || coalesce(' ' || outcome, '')"
                        + " from clew_execution order by saga_id, direction, execution");
    }

    /** Changes the tables of the shop. */
    void execute(String sql) {
        workplace()
                .database()
                .inTransaction(
                        connection -> {
                            try (var statement = connection.createStatement()) {
                                return statement.execute(sql);
                            }
                        });
    }

    List<String> column(String sql) {
        return workplace()
                .database()
                .inTransaction(
                        connection -> {
                            try (var statement = connection.createStatement();
                                    var row = statement.executeQuery(sql)) {
                                var values = new ArrayList<String>();
                                while (row.next()) {
                                    values.add(row.getString(1));
                                }
                                return values;
                            }
                        });
    }

    static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0L,
                0L,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                java.util.Optional.empty());
    }

    static String header(ProducerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    private void migrate() {
        try (var connection = RealParts.get().dataSource(schema).getConnection();
                var statement = connection.createStatement();
                var library =
                        Shop.class.getResourceAsStream(
                                "/clew/participant/R__clew_participant.sql")) {
            statement.execute("create schema if not exists " + schema);
            statement.execute(
                    "create table if not exists till"
                            + " (id bigint generated always as identity, what text not null)");
            statement.execute(new String(Objects.requireNonNull(library).readAllBytes(), UTF_8));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
    }

    @Override
    public void close() {
        payloads.close();
    }
}
