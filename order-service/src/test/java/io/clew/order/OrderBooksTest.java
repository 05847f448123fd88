package io.clew.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clew.order.OrderRequest.Line;
import io.clew.order.OrderRequest.ShippingAddress;
import io.clew.participant.Database;
import io.clew.participant.Outbox;
import io.clew.participant.Payloads;
import io.clew.platform.PostgresProcess;
import io.clew.platform.RegistryProcess;
import io.clew.schema.SagaFailure;
import io.clew.schema.SagaTransition;
import io.clew.schema.TransitionCause;
import io.clew.schema.TransitionEvent;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Placing orders and keeping their status, on a real database and a real registry. */
class OrderBooksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String DEFINITION = "order-fulfilment";

    @TempDir private static Path directory;
    private static PostgresProcess postgres;
    private static RegistryProcess registry;
    private static Payloads payloads;
    private static Database database;

    private final ObjectMapper json = JsonMapper.builder().findAndAddModules().build();
    private final Orders orders = new Orders(json);
    private final Outbox outbox = new Outbox(payloads, Clock.systemUTC());
    private final OrderDesk desk = new OrderDesk(DEFINITION, database, orders, outbox, () -> {});
    private final BusinessState state = new BusinessState(DEFINITION, orders, payloads);
    private final String orderId = UUID.randomUUID().toString();

    @BeforeAll
    static void startParts() {
        postgres = PostgresProcess.start(directory.resolve("postgres"));
        registry = RegistryProcess.builder(directory).start();
        payloads =
                Payloads.configured(
                        Map.of(
                                "schema.registry.url", registry.confluentUrl(),
                                "value.serializer", "io.clew.avro.ClewAvroSerializer",
                                "value.deserializer", "io.clew.avro.ClewAvroDeserializer",
                                "value.subject.name.strategy", "TopicRecordNameStrategy",
                                "specific.avro.reader", true));
        database = new Database(dataSource(), OrderBooksTest::migrate);
    }

    @AfterAll
    static void stopParts() {
        payloads.close();
        registry.close();
        postgres.close();
    }

    @Test
    void shouldPlaceAnOrderOnceHoweverOftenItIsRequested() {
        // when
        var first = desk.place(request(orderId, "c-1"), Optional.empty());
        var again = desk.place(request(orderId, "c-1"), Optional.empty());
        var other = desk.place(request(orderId, "c-2"), Optional.empty());

        // then
        assertThat(first).isInstanceOf(Placement.Accepted.class);
        assertThat(again).isInstanceOf(Placement.Repeated.class);
        assertThat(other).isEqualTo(new Placement.Conflicting(orderId));
        assertThat(outboxCount()).isEqualTo(1);
        assertThat(order().sagaId()).isEqualTo("order-fulfilment:" + orderId);
        assertThat(order().status()).isEqualTo(Order.Status.PENDING);
    }

    @Test
    void shouldPlaceAnOrderOncePerIdempotencyKey() {
        // given
        var key = Optional.of("key-" + orderId);

        // when
        var first = desk.place(request(null, "c-1"), key);
        var again = desk.place(request(null, "c-1"), key);

        // then
        assertThat(first).isInstanceOf(Placement.Accepted.class);
        assertThat(again).isEqualTo(new Placement.Repeated(((Placement.Accepted) first).order()));
    }

    @Test
    void shouldInsertAnOrderPlacedElsewhereWhenItsSagaStarts() {
        // when
        apply(started(1));

        // then
        assertThat(order().status()).isEqualTo(Order.Status.PENDING);
        assertThat(order().content())
                .map(OrderContent::totalAmount)
                .contains(new BigDecimal("21.00"));
    }

    @Test
    void shouldFollowTheSagaToItsOutcome() {
        // given
        apply(started(1));

        // when
        apply(ended(7, "COMPENSATED", "OUT_OF_STOCK"));

        // then
        assertThat(order().status()).isEqualTo(Order.Status.REJECTED);
        assertThat(order().code()).contains("OUT_OF_STOCK");
    }

    @Test
    void shouldTellACancelledOrderFromARejectedOne() {
        // given
        apply(started(1));

        // when
        apply(ended(7, "COMPENSATED", "CANCELLED"));

        // then
        assertThat(order().status()).isEqualTo(Order.Status.CANCELLED);
    }

    @Test
    void shouldComeToTheSameWhenTransitionsComeAgain() {
        // given
        var story = List.of(started(1), ended(7, "COMPLETED", null));
        story.forEach(this::apply);
        var before = order();

        // when
        story.forEach(this::apply);

        // then
        assertThat(order()).isEqualTo(before);
        assertThat(order().status()).isEqualTo(Order.Status.CONFIRMED);
    }

    @Test
    void shouldPassOverRejectionsOtherDefinitionsAndBadBytes() {
        // given
        apply(started(1));

        // when
        var rejected = ended(2, "COMPLETED", null);
        rejected.setRejection("STALE_REPLY");
        var foreign = ended(3, "COMPLETED", null);
        foreign.setDefinition("invoicing");
        apply(rejected);
        apply(foreign);
        apply(new byte[] {1, 2, 3});

        // then
        assertThat(order().status()).isEqualTo(Order.Status.PENDING);
    }

    @Test
    void shouldConfirmOnlyWhatWasCreated() {
        // given
        var fulfilment = new Fulfilment();
        apply(started(1));

        // when
        database.inTransaction(
                connection -> {
                    fulfilment.create(connection, new CreateOrder(orderId, "c-1"), NOW);
                    fulfilment.cancel(connection, new CancelOrder(orderId, "REWOUND"), NOW);
                    fulfilment.create(connection, new CreateOrder(orderId, "c-1"), NOW);
                    fulfilment.confirm(connection, new ConfirmOrder(orderId), NOW);
                    return fulfilment.confirm(
                            connection, new ConfirmOrder(orderId), NOW.plusSeconds(9));
                });

        // then
        assertThat(order().confirmedAt()).contains(NOW);
    }

    @Test
    void shouldListOrdersNewestFirst() {
        // given
        var customer = "c-" + orderId;
        for (var i = 0; i < 3; i++) {
            desk.place(request(orderId + "-" + i, customer), Optional.empty());
        }

        // when
        var firstPage = page(customer, Long.MAX_VALUE);
        var secondPage = page(customer, firstPage.get(1).sequence());

        // then
        assertThat(firstPage)
                .extracting(Order::orderId)
                .containsExactly(orderId + "-2", orderId + "-1");
        assertThat(secondPage).extracting(Order::orderId).containsExactly(orderId + "-0");
    }

    private List<Order> page(String customerId, long before) {
        var query =
                new OrderQuery(
                        Optional.of(Order.Status.PENDING), Optional.of(customerId), before, 2);
        return database.inTransaction(connection -> orders.find(connection, query));
    }

    private Order order() {
        return database.inTransaction(connection -> orders.find(connection, orderId)).orElseThrow();
    }

    private long outboxCount() {
        return database.inTransaction(
                connection -> {
                    var sql = "select count(*) from clew_outbox where record_key = ?";
                    try (var select = connection.prepareStatement(sql)) {
                        select.setString(1, orderId);
                        try (var row = select.executeQuery()) {
                            row.next();
                            return row.getLong(1);
                        }
                    }
                });
    }

    private static OrderRequest request(String orderId, String customerId) {
        return new OrderRequest(
                orderId,
                customerId,
                List.of(new Line("sku-1", 2, new BigDecimal("10.50"))),
                "EUR",
                null,
                "tok_visa",
                new ShippingAddress("Ada", "Street 1", "Town", "12345", "DE"));
    }

    private SagaTransition started(long revision) {
        var placed =
                new OrderPlaced(
                        orderId,
                        "c-1",
                        List.of(new OrderLine("sku-1", 2, new BigDecimal("10.50"))),
                        Currency.EUR,
                        new BigDecimal("21.00"),
                        "tok_visa",
                        new Address("Ada", "Street 1", "Town", "12345", "DE"),
                        NOW);
        var event =
                TransitionEvent.newBuilder()
                        .setType("SagaStarted")
                        .setPayload(ByteBuffer.wrap(payloads.encode(OrderDesk.TOPIC, placed)))
                        .build();
        return transition(revision, "RUNNING").setEvents(List.of(event)).build();
    }

    private SagaTransition ended(long revision, String phase, String code) {
        var failure = code == null ? null : new SagaFailure(code, "because", "");
        return transition(revision, phase).setFailure(failure).setEvents(List.of()).build();
    }

    private SagaTransition.Builder transition(long revision, String phase) {
        return SagaTransition.newBuilder()
                .setSagaId(DEFINITION + ":" + orderId)
                .setRun(1772366399000L)
                .setDefinition(DEFINITION)
                .setVersion(1)
                .setBusinessKey(orderId)
                .setRevision(revision)
                .setPhase(phase)
                .setTime(NOW)
                .setCause(new TransitionCause("saga.inbox", "topic-id", 0, revision, "reply"));
    }

    private void apply(SagaTransition transition) {
        apply(payloads.encode("saga.events", transition));
    }

    private void apply(byte[] value) {
        var record = new ConsumerRecord<>("saga.events", 0, 0L, new byte[0], value);
        database.inTransaction(
                connection -> {
                    state.apply(connection, record);
                    return record;
                });
    }

    private static DataSource dataSource() {
        var account = postgres.account("orders");
        return (DataSource)
                Proxy.newProxyInstance(
                        DataSource.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, arguments) ->
                                DriverManager.getConnection(
                                        account.jdbcUrl(), account.username(), account.password()));
    }

    private static void migrate() {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (var script :
                    List.of(
                            "/db/migration/V1__orders.sql",
                            "/clew/participant/R__clew_participant.sql")) {
                try (var sql = OrderBooksTest.class.getResourceAsStream(script)) {
                    statement.execute(
                            new String(Objects.requireNonNull(sql).readAllBytes(), UTF_8));
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
