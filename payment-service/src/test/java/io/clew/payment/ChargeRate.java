package io.clew.payment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.clew.participant.CommandBatchHandler;
import io.clew.participant.CommandDelivery;
import io.clew.participant.Database;
import io.clew.participant.ParticipantMonitor;
import io.clew.participant.ParticipantSettings;
import io.clew.participant.Payloads;
import io.clew.participant.ReplyProducer;
import io.clew.participant.Workplace;
import io.clew.platform.Infrastructure.Postgres.Account;
import io.clew.platform.KafkaBroker;
import io.clew.platform.PostgresProcess;
import io.clew.platform.RegistryProcess;
import io.clew.platform.Topics;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.flywaydb.core.Flyway;

/**
 * Prints how many charges payment-service takes a second by the size of its batches, on a
 * PostgreSQL with fsync on; a batch of one is one transaction per command. Sizes take turns, so the
 * ratios come from one run.
 *
 * <p>Arguments: seconds per size and round (default 4), rounds (default 5).
 */
public final class ChargeRate {
    private static final List<Integer> SIZES = List.of(1, 10, 50, 200, 500);

    private final AgroalDataSource dataSource;
    private final Workplace workplace;
    private final CommandBatchHandler handler;
    private final CommandDelivery delivery;
    private final Map<Integer, Map<Way, Sum>> sums = new LinkedHashMap<>();
    private int next;

    /** How far a batch is taken while the clock runs. */
    private enum Way {
        /** Until it is committed. */
        HANDLED,
        /** Until the broker has every reply, too. */
        DELIVERED
    }

    private ChargeRate(KafkaBroker broker, RegistryProcess registry, Account account)
            throws SQLException {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "schema.registry.url",
                        registry.confluentUrl(),
                        "value.serializer",
                        "io.clew.avro.ClewAvroSerializer",
                        "value.deserializer",
                        "io.clew.avro.ClewAvroDeserializer",
                        "value.subject.name.strategy",
                        "TopicRecordNameStrategy",
                        "specific.avro.reader",
                        true);
        dataSource = pool(account);
        var flyway =
                Flyway.configure()
                        .dataSource(dataSource)
                        .schemas("payments")
                        .locations("db/migration", "clew/participant")
                        .load();
        workplace =
                new Workplace(
                        new Database(dataSource, flyway::migrate),
                        Payloads.configured(config),
                        ReplyProducer.create(config),
                        ParticipantSettings.defaults(),
                        ParticipantMonitor.NONE);
        var participant = PaymentParticipant.with(new Charges());
        handler = new CommandBatchHandler(participant, workplace);
        delivery = new CommandDelivery(participant, workplace);
        SIZES.forEach(size -> sums.put(size, new EnumMap<>(Way.class)));
    }

    private static AgroalDataSource pool(Account account) throws SQLException {
        var factory =
                new AgroalConnectionFactoryConfigurationSupplier()
                        .jdbcUrl(account.jdbcUrl())
                        .jdbcProperty("currentSchema", "payments")
                        .principal(new NamePrincipal(account.username()))
                        .credential(new SimplePassword(account.password()));
        var pool =
                new AgroalConnectionPoolConfigurationSupplier()
                        .connectionFactoryConfiguration(factory)
                        .maxSize(8)
                        .acquisitionTimeout(Duration.ofSeconds(5));
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool));
    }

    private List<ConsumerRecord<byte[], byte[]>> batch(int size) {
        return Stream.generate(this::command).limit(size).toList();
    }

    private ConsumerRecord<byte[], byte[]> command() {
        var order = "o-" + ++next;
        var sagaId = "order-fulfilment:" + order;
        var headers = new RecordHeaders();
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", sagaId + "/1772366399000/chargePayment/action/1/1");
        header(headers, "ce_type", "io.clew.payment.ChargePayment");
        header(headers, "ce_source", "/clew/order-fulfilment");
        header(headers, "ce_time", "2026-03-01T11:59:59Z");
        header(headers, "content-type", "application/vnd.confluent.avro");
        header(headers, "ce_sagaid", sagaId);
        header(headers, "ce_sagarun", "1772366399000");
        header(headers, "ce_sagastep", "chargePayment");
        header(headers, "ce_sagadirection", "action");
        header(headers, "ce_sagaexecution", "1");
        header(headers, "ce_sagaattempt", "1");
        header(headers, "ce_sagareplytopic", "saga.inbox");
        header(headers, "ce_sagareplypartition", Integer.toString(next % 8));
        header(headers, "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var charge = new ChargePayment(order, new BigDecimal("12.50"), Currency.EUR, "tok_visa");
        return new ConsumerRecord<>(
                "payment.commands",
                0,
                next,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                sagaId.getBytes(UTF_8),
                workplace.payloads().encode("payment.commands", charge),
                headers,
                Optional.empty());
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private void measure(int size, Way way, Duration time) throws InterruptedException {
        var sum = sums.get(size).computeIfAbsent(way, it -> new Sum());
        var spent = 0L;
        while (spent < time.toNanos()) {
            var batch = batch(size);
            var start = System.nanoTime();
            var ourCpu = Cpu.ofThisProcess();
            switch (way) {
                case HANDLED -> handler.handle(batch);
                case DELIVERED -> delivery.deliver(batch);
            }
            sum.ourCpu += Cpu.ofThisProcess() - ourCpu;
            var took = System.nanoTime() - start;
            sum.nanos += took;
            sum.batches++;
            spent += took;
        }
    }

    private void run(Duration time, int rounds) throws InterruptedException, SQLException {
        for (var round = 0; round <= rounds; round++) {
            if (round == 1) {
                sums.values().forEach(Map::clear);
            }
            for (var way : Way.values()) {
                for (var size : SIZES) {
                    var database = Cpu.ofServer(dataSource);
                    measure(size, way, time);
                    sums.get(size).get(way).databaseCpu += Cpu.ofServer(dataSource) - database;
                }
            }
            System.out.println(round == 0 ? "warm" : "round " + round + " of " + rounds);
        }
    }

    private void print() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select current_setting('fsync'),"
                                        + " current_setting('synchronous_commit'),"
                                        + " (select count(*) from charge),"
                                        + " (select count(*) from clew_execution"
                                        + " where status = 'DONE')")) {
            row.next();
            System.out.printf(
                    "fsync %s, synchronous_commit %s; %d charges, %d executions done, %d sent%n",
                    row.getString(1), row.getString(2), row.getInt(3), row.getInt(4), next);
        }
        for (var way : Way.values()) {
            System.out.println(
                    way + "  batch  commands/s  ratio  ms/batch  us cpu/command: worker, database");
            var single = sums.get(1).get(way).rate(1);
            sums.forEach((size, sum) -> System.out.println(sum.get(way).line(size, single)));
        }
    }

    private void close() {
        workplace.close();
        dataSource.close();
    }

    /** What was spent on batches of one size. */
    private static final class Sum {
        private long nanos;
        private long batches;
        private long ourCpu;
        private long databaseCpu;

        private double rate(int size) {
            return batches * size * 1e9 / nanos;
        }

        private String line(int size, double single) {
            var commands = (double) batches * size;
            return "%16d %11.0f %6.2f %9.2f %24.0f %9.0f"
                    .formatted(
                            size,
                            rate(size),
                            rate(size) / single,
                            nanos / 1e6 / batches,
                            ourCpu / 1e3 / commands,
                            databaseCpu / 1e3 / commands);
        }
    }

    /** Processor time in nanoseconds. */
    private static final class Cpu {
        private static long ofThisProcess() {
            return java.lang.management.ManagementFactory.getPlatformMXBean(
                            com.sun.management.OperatingSystemMXBean.class)
                    .getProcessCpuTime();
        }

        /** Of every process of the server that still runs. */
        private static long ofServer(AgroalDataSource dataSource) throws SQLException {
            try (var connection = dataSource.getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                return ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent).stream()
                        .flatMap(ProcessHandle::children)
                        .flatMap(child -> child.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toNanos)
                        .sum();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        var time = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 4);
        var rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Path directory = Files.createTempDirectory("charge-rate");
        try (var broker = KafkaBroker.start(directory.resolve("kafka"));
                var registry = RegistryProcess.builder(directory).start();
                var postgres = PostgresProcess.start(directory.resolve("postgres"))) {
            Topics.ensure(broker.bootstrapServers(), Topics.LOCAL_INBOX_PARTITIONS);
            var rate = new ChargeRate(broker, registry, postgres.account("payments"));
            rate.run(time, rounds);
            rate.print();
            rate.close();
        }
        System.exit(0);
    }
}
