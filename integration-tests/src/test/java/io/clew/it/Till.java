package io.clew.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clew.it.system.Await;
import io.clew.it.system.ClewSystem;
import io.clew.it.system.Rest;
import io.clew.order.OrderPlaced;
import io.clew.participant.CommandContext;
import io.clew.participant.CommandDelivery;
import io.clew.participant.Database;
import io.clew.participant.Outcome;
import io.clew.participant.Participant;
import io.clew.participant.ParticipantMonitor;
import io.clew.participant.ParticipantSettings;
import io.clew.participant.ParticipantWorker;
import io.clew.participant.Payloads;
import io.clew.participant.ReplyProducer;
import io.clew.participant.SchemaRegistration;
import io.clew.participant.Workplace;
import io.clew.payment.ChargePayment;
import io.clew.payment.Currency;
import io.clew.payment.PaymentCharged;
import io.clew.payment.RefundPayment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A payment participant inside the test: the library as any service uses it, on the real database.
 * It writes down every effect, so whatever happens twice is seen twice, and refuses only what is to
 * be paid with {@link #DECLINED}.
 */
final class Till implements AutoCloseable {
    static final String DECLINED = "tok_declined";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ClewSystem clew;
    private final String name;
    private final Habits habits;
    private final Participant participant;
    private final Workplace workplace;

    Till(TillSaga saga) {
        this(saga, Habits.PLAIN);
    }

    Till(TillSaga saga, Habits habits) {
        this.clew = saga.clew();
        this.name = saga.participant();
        this.habits = habits;
        participant =
                Participant.named(name)
                        .on(ChargePayment.class, this::charge)
                        .on(RefundPayment.class, Till::refund)
                        .returns(PaymentCharged.class)
                        .build();
        workplace =
                new Workplace(
                        new Database(
                                dataSource(),
                                this::createTables,
                                habits.lockTimeout(),
                                habits.idleTimeout()),
                        Payloads.configured(config()),
                        habits.replies().apply(ReplyProducer.create(config())),
                        ParticipantSettings.defaults(),
                        ParticipantMonitor.NONE);
    }

    /**
     * What may be special about a till.
     *
     * @param replies its producer of replies is what this makes of a real one
     * @param charged is called inside the transaction of each charge
     * @param lockTimeout how long it waits for a row that another till holds
     * @param idleTimeout after which the database ends a transaction that stands still
     */
    record Habits(
            UnaryOperator<Producer<byte[], byte[]>> replies,
            Pause charged,
            Duration lockTimeout,
            Duration idleTimeout) {
        static final Habits PLAIN =
                new Habits(UnaryOperator.identity(), () -> {}, LIMIT, LIMIT.multipliedBy(2));

        /** What it sends as replies goes through this. */
        Habits replying(UnaryOperator<Producer<byte[], byte[]>> other) {
            return new Habits(other, charged, lockTimeout, idleTimeout);
        }

        /** It stands still after each charge, before the commit. */
        Habits pausing(Pause other) {
            return new Habits(replies, other, lockTimeout, idleTimeout);
        }

        /** Whom it waits for, and how long the database waits for it. */
        Habits waiting(Duration lock, Duration idle) {
            return new Habits(replies, charged, lock, idle);
        }
    }

    /** A place to stand still. */
    interface Pause {
        void take() throws InterruptedException;
    }

    /** Registers orders for a topic that is there. */
    void registerOrders(String topic) {
        SchemaRegistration.Builder orders =
                SchemaRegistration.with(config()).event(topic, OrderPlaced.class);
        try (SchemaRegistration schemas = orders.start()) {
            Await.until(LIMIT, () -> assertThat(schemas.isDone()).isTrue());
        }
    }

    /**
     * Makes its topic, and those of orders, and returns when all its schemas are registered. Its
     * commands have one partition: who has it has all.
     */
    void announce(String... orders) {
        for (String topic : orders) {
            clew.createTopic(topic, 1);
        }
        clew.createTopic(participant.commandTopic(), 1);
        SchemaRegistration.Builder announced =
                SchemaRegistration.with(config()).participant(participant);
        for (String topic : orders) {
            announced.event(topic, OrderPlaced.class);
        }
        try (SchemaRegistration schemas = announced.start()) {
            Await.until(LIMIT, () -> assertThat(schemas.isDone()).isTrue());
        }
    }

    /** What its results are framed with. */
    int resultSchemaId() {
        return new Rest(clew.registryUrl())
                .get("/subjects/saga.inbox-io.clew.payment.PaymentCharged/versions/1")
                .body()
                .path("id")
                .asInt();
    }

    /** Begins to handle its commands as they come. */
    ParticipantWorker work() {
        return work(name);
    }

    /** Of several, the one whose client id comes first gets the only partition. */
    ParticipantWorker work(String clientId) {
        Map<String, Object> config = config();
        config.put("client.id", clientId);
        config.put("group.id", name);
        return ParticipantWorker.ofCommands(participant, config, delivery());
    }

    /** Takes commands by hand, in the order in which they are given. */
    CommandDelivery delivery() {
        return new CommandDelivery(participant, workplace);
    }

    /** What was done for an order, in that order. */
    List<String> effects(String orderId) {
        return effects().getOrDefault(orderId, List.of());
    }

    /** What was done for every order, in that order. */
    Map<String, List<String>> effects() {
        return workplace.database().inTransaction(Till::effects);
    }

    private static Map<String, List<String>> effects(Connection connection) throws SQLException {
        Map<String, List<String>> effects = new HashMap<>();
        try (Statement select = connection.createStatement();
                ResultSet rows =
                        select.executeQuery("select order_id, what from effect order by id")) {
            while (rows.next()) {
                effects.computeIfAbsent(rows.getString(1), order -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        return effects;
    }

    private Outcome charge(ChargePayment command, CommandContext context)
            throws SQLException, InterruptedException {
        if (command.getToken().equals(DECLINED)) {
            return Outcome.failed("CARD_DECLINED", "the card was declined");
        }
        write(context.connection(), command.getOrderId(), "CHARGED");
        habits.charged().take();
        return Outcome.succeeded(charged(command.getOrderId(), command.getAmount(), context.now()));
    }

    /** The result of a charge. */
    static PaymentCharged charged(String orderId, BigDecimal amount, Instant at) {
        return new PaymentCharged(
                "p-" + orderId,
                orderId,
                amount,
                Currency.EUR,
                Instant.ofEpochMilli(at.toEpochMilli()));
    }

    private static Outcome refund(RefundPayment command, CommandContext context)
            throws SQLException {
        write(context.connection(), command.getOrderId(), "REFUNDED");
        return Outcome.succeeded();
    }

    private static void write(Connection connection, String orderId, String what)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into effect (order_id, what) values (?, ?)")) {
            insert.setString(1, orderId);
            insert.setString(2, what);
            insert.executeUpdate();
        }
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", clew.bootstrap());
        config.put("schema.registry.url", clew.registryUrl());
        config.put("value.serializer", "io.clew.avro.ClewAvroSerializer");
        config.put("value.deserializer", "io.clew.avro.ClewAvroDeserializer");
        config.put("value.subject.name.strategy", "TopicRecordNameStrategy");
        config.put("specific.avro.reader", true);
        return config;
    }

    private PGSimpleDataSource dataSource() {
        var administrator = clew.administrator();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(administrator.jdbcUrl());
        source.setUser(administrator.username());
        source.setPassword(administrator.password());
        source.setCurrentSchema(name);
        return source;
    }

    private void createTables() {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                InputStream books =
                        Participant.class.getResourceAsStream(
                                "/clew/participant/R__clew_participant.sql")) {
            statement.execute("create schema if not exists " + name);
            statement.execute(
                    "create table if not exists effect (id bigint generated always as identity,"
                            + " order_id text not null, what text not null)");
            statement.execute(new String(books.readAllBytes(), UTF_8));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        workplace.close();
    }
}
