package io.clew.participant;

import io.clew.avro.RegistryClient;
import io.clew.avro.RegistryConfig;
import io.clew.avro.RegistryUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Registers what a service speaks, so that a saga definition can name it before the first record is
 * sent. Runs in the background and tries until the registry has taken every schema.
 */
public final class SchemaRegistration implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(SchemaRegistration.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final List<Subject> subjects;
    private final Map<String, ?> config;
    private final Patience patience;
    private final Thread thread;
    private volatile boolean done;

    private SchemaRegistration(Builder builder) {
        subjects = List.copyOf(builder.subjects);
        config = builder.config;
        patience = new Patience("schemas", LONGEST_PAUSE, builder.monitor);
        thread = Thread.ofVirtual().name("clew-schemas").start(this::run);
    }

    /** Takes the registry's address from {@code schema.registry.url}. */
    public static Builder with(Map<String, ?> config) {
        return new Builder(config);
    }

    /** Whether the registry has every schema. */
    public boolean isDone() {
        return done;
    }

    @Override
    public void close() {
        patience.close();
        thread.interrupt();
    }

    private void run() {
        try (var registry = new RegistryClient(RegistryConfig.from(config))) {
            patience.until(() -> registerAll(registry));
            done = true;
            LOGGER.log(Level.INFO, "Registered {0} schemas", subjects.size());
        } catch (InterruptedException e) {
            LOGGER.log(Level.DEBUG, "Closed before every schema was registered");
        }
    }

    private void registerAll(RegistryClient registry) {
        try {
            for (var subject : subjects) {
                registry.register(subject.name(), subject.schema());
            }
        } catch (RegistryUnavailableException e) {
            throw new UnavailableException("schema registry", e);
        }
    }

    private record Subject(String name, Schema schema) {}

    /** Collects what to register. */
    public static final class Builder {
        private final Map<String, ?> config;
        private final List<Subject> subjects = new ArrayList<>();
        private ParticipantMonitor monitor = ParticipantMonitor.NONE;

        private Builder(Map<String, ?> config) {
            this.config = config;
        }

        /** The participant's commands, on its own topic, and its results, on the inbox. */
        public Builder participant(Participant participant) {
            participant.commandSchemas().forEach(s -> add(participant.commandTopic(), s));
            participant.resultSchemas().forEach(s -> add("saga.inbox", s));
            return this;
        }

        /** An event the service publishes. */
        public Builder event(String topic, Class<? extends SpecificRecord> event) {
            add(topic, SpecificData.get().getSchema(event));
            return this;
        }

        /** Who is told while the registry is away. */
        public Builder monitor(ParticipantMonitor watcher) {
            this.monitor = watcher;
            return this;
        }

        /** Begins registering. */
        public SchemaRegistration start() {
            return new SchemaRegistration(this);
        }

        private void add(String topic, Schema schema) {
            subjects.add(new Subject(topic + "-" + schema.getFullName(), schema));
        }
    }
}
