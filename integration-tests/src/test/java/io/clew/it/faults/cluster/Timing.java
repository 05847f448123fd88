package io.clew.it.faults.cluster;

import java.util.Map;

/**
 * How long a death goes unnoticed, by settings of brokers and clients.
 *
 * @param name in the report
 * @param brokers settings of the brokers
 * @param coordinators settings of the coordinators
 * @param services settings of the services
 */
public record Timing(
        String name,
        Map<String, String> brokers,
        Map<String, String> coordinators,
        Map<String, String> services) {

    /** As the coordinator, the services and the local platform set it. */
    public static final Timing SHIPPED = new Timing("as shipped", Map.of(), Map.of(), Map.of());

    /** As brokers, consumers and Kafka Streams have it if nobody sets anything. */
    public static final Timing DEFAULTS =
            new Timing(
                    "Kafka's defaults",
                    Map.of(
                            "broker.session.timeout.ms",
                            "9000",
                            "broker.heartbeat.interval.ms",
                            "2000",
                            "group.initial.rebalance.delay.ms",
                            "3000",
                            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                            "10000"),
                    Map.of(
                            "clew.kafka.\"consumer.session.timeout.ms\"",
                            "45000",
                            "clew.kafka.\"consumer.heartbeat.interval.ms\"",
                            "3000",
                            "clew.kafka.\"producer.transaction.timeout.ms\"",
                            "10000"),
                    Map.of(
                            "mp.messaging.connector.smallrye-kafka.session.timeout.ms",
                            "45000",
                            "mp.messaging.connector.smallrye-kafka.heartbeat.interval.ms",
                            "3000"));
}
