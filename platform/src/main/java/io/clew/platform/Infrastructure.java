package io.clew.platform;

/** What the apps of a platform stand on. */
public record Infrastructure(Broker kafka, Registry registry, Postgres postgres) {

    /** A Kafka broker. */
    public interface Broker extends Part {

        /** What a client's {@code bootstrap.servers} needs. */
        String bootstrapServers();
    }

    /** A schema registry in which new schemas must be compatible with all earlier ones. */
    public interface Registry extends Part {

        /** Base of the Confluent-compatible REST API. */
        String confluentUrl();
    }

    /** A PostgreSQL server whose database {@code clew} has a role and a schema per service. */
    public interface Postgres extends Part {

        /** How a service connects: {@code orders}, {@code payments} or {@code shipping}. */
        Account account(String role);

        /** How a test looks into every schema. */
        Account administrator();

        /** How to connect as one role. */
        record Account(String jdbcUrl, String username, String password) {}
    }
}
