package io.clew.participant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A participant's name, its handlers and the results they give. Actions and compensations are
 * declared alike; which one a command is, its headers say.
 */
public final class Participant {
    private final String name;
    private final Map<String, Handling> handlings;
    private final List<Schema> results;

    private Participant(Builder builder) {
        name = builder.name;
        handlings = Map.copyOf(builder.handlings);
        results = List.copyOf(builder.results);
    }

    /** Starts a participant; its commands come on {@code <name>.commands}. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public String commandTopic() {
        return name + ".commands";
    }

    /** The schemas of all commands that have a handler. */
    public List<Schema> commandSchemas() {
        return handlings.values().stream().map(Handling::schema).toList();
    }

    /** The schemas of all declared results. */
    public List<Schema> resultSchemas() {
        return results;
    }

    Optional<Handling> handlingOf(String commandType) {
        return Optional.ofNullable(handlings.get(commandType));
    }

    /** One of the two ways to do what a command asks for. */
    sealed interface Handling {
        Schema schema();

        record InTransaction(Schema schema, CommandHandler<SpecificRecord> handler)
                implements Handling {}

        record Outside(Schema schema, ExternalEffect<SpecificRecord> effect) implements Handling {}
    }

    /** Collects handlers. */
    public static final class Builder {
        private final String name;
        private final Map<String, Handling> handlings = new LinkedHashMap<>();
        private final List<Schema> results = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** Handles a command inside the database transaction. */
        public <C extends SpecificRecord> Builder on(Class<C> command, CommandHandler<C> handler) {
            return add(
                    new Handling.InTransaction(
                            schemaOf(command),
                            (record, context) -> handler.handle(command.cast(record), context)));
        }

        /** Handles a command by an effect outside the database. */
        public <C extends SpecificRecord> Builder on(Class<C> command, ExternalEffect<C> effect) {
            return add(new Handling.Outside(schemaOf(command), new Cast<>(command, effect)));
        }

        /** Declares a result, so that its schema is registered before a definition names it. */
        public Builder returns(Class<? extends SpecificRecord> result) {
            results.add(schemaOf(result));
            return this;
        }

        public Participant build() {
            return new Participant(this);
        }

        private Builder add(Handling handling) {
            var type = handling.schema().getFullName();
            if (handlings.putIfAbsent(type, handling) != null) {
                throw new IllegalArgumentException(
                        "Expected one handler for " + type + " but found two");
            }
            return this;
        }

        private static Schema schemaOf(Class<?> record) {
            return SpecificData.get().getSchema(record);
        }
    }

    private record Cast<C extends SpecificRecord>(Class<C> command, ExternalEffect<C> effect)
            implements ExternalEffect<SpecificRecord> {
        @Override
        public Outcome call(SpecificRecord record, Call call) throws Exception {
            return effect.call(command.cast(record), call);
        }

        @Override
        public Settlement settle(CommandIdentity identity) throws Exception {
            return effect.settle(identity);
        }
    }
}
