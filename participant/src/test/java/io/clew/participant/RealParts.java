package io.clew.participant;

import io.clew.platform.KafkaBroker;
import io.clew.platform.PostgresProcess;
import io.clew.platform.RegistryProcess;
import io.clew.platform.Topics;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** One broker, one registry and one PostgreSQL for all tests of this JVM. */
record RealParts(KafkaBroker broker, RegistryProcess registry, PostgresProcess postgres) {
    static final int INBOX_PARTITIONS = 4;

    private static final class Holder {
        private static final RealParts PARTS = start();
    }

    static RealParts get() {
        return Holder.PARTS;
    }

    private static RealParts start() {
        try {
            Path directory = Files.createTempDirectory("clew-participant");
            var parts =
                    new RealParts(
                            KafkaBroker.start(directory.resolve("kafka")),
                            RegistryProcess.builder(directory).start(),
                            PostgresProcess.start(directory.resolve("postgres")));
            Runtime.getRuntime().addShutdownHook(new Thread(parts::stop));
            Topics.ensure(parts.broker.bootstrapServers(), INBOX_PARTITIONS);
            return parts;
        } catch (IOException e) {
            throw new IllegalStateException("Expected a directory for the tests", e);
        }
    }

    private void stop() {
        postgres.close();
        registry.close();
        broker.close();
    }

    /** What clients and serializers are given. */
    Map<String, Object> config() {
        var config = new HashMap<String, Object>();
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("schema.registry.url", registry.confluentUrl());
        config.put("value.serializer", "io.clew.avro.ClewAvroSerializer");
        config.put("value.deserializer", "io.clew.avro.ClewAvroDeserializer");
        config.put("value.subject.name.strategy", "TopicRecordNameStrategy");
        config.put("specific.avro.reader", true);
        return config;
    }

    /** Connections whose default schema is the given one. */
    DataSource dataSource(String schema) {
        var account = postgres.administrator();
        var url = account.jdbcUrl() + "?currentSchema=" + schema;
        return (DataSource)
                Proxy.newProxyInstance(
                        DataSource.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, arguments) ->
                                DriverManager.getConnection(
                                        url, account.username(), account.password()));
    }
}
