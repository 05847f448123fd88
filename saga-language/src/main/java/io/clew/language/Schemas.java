package io.clew.language;

import io.clew.language.NodeForm.AwaitForm;
import io.clew.language.NodeForm.ChannelForm;
import io.clew.language.frame.FrameReader;
import io.clew.saga.ChildSagas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Finds the schemas a definition names, and remembers them as its pins. */
final class Schemas {

    static final String INBOX = "saga.inbox";

    private final SchemaCatalog catalog;
    private final WriterSchemas writers;
    private final Faults faults;
    private final Map<String, Optional<PinnedSchema>> asked = new TreeMap<>();
    private final Map<Schema, FrameReader> readers = new HashMap<>();

    Schemas(SchemaCatalog catalog, WriterSchemas writers, Faults faults) {
        this.catalog = catalog;
        this.writers = writers;
        this.faults = faults;
    }

    static String commands(String participant) {
        return ChildSagas.definition(participant).isPresent()
                ? ChildSagas.TOPIC
                : participant + ".commands";
    }

    Optional<PinnedSchema> event(String topic, Located<String> type) {
        return find(topic, type, "The service that publishes " + topic);
    }

    Optional<PinnedSchema> command(String participant, Located<String> type) {
        return find(commands(participant), type, "Participant " + participant);
    }

    Optional<PinnedSchema> result(Located<String> type) {
        return find(INBOX, type, "The participant that gives this result");
    }

    /** What sagas of this definition come to: to its parent a child is a participant. */
    Optional<PinnedSchema> ownResult(Located<String> type) {
        return find(INBOX, type, "Whoever owns this definition");
    }

    Optional<PinnedSchema> signal(Located<String> type) {
        return find(INBOX, type, "Whoever sends this signal");
    }

    /** What an await waits for; empty if it does not say, or there is no such schema. */
    Optional<PinnedSchema> awaited(AwaitForm await) {
        return await.channel()
                .flatMap(
                        channel ->
                                switch (channel) {
                                    case ChannelForm.SignalForm signal -> signal(signal.type());
                                    case ChannelForm.TopicForm topic ->
                                            topic.topic().flatMap(it -> event(it, topic.event()));
                                });
    }

    private Optional<PinnedSchema> event(Located<String> topic, Optional<Located<String>> type) {
        return type.flatMap(it -> event(topic.value(), it));
    }

    /** Reads values as a pinned schema; one reader for all that read it. */
    FrameReader reader(PinnedSchema pinned) {
        return readers.computeIfAbsent(pinned.schema(), it -> new FrameReader(it, writers::byId));
    }

    List<PinnedSchema> pins() {
        return asked.values().stream().flatMap(Optional::stream).toList();
    }

    private Optional<PinnedSchema> find(String topic, Located<String> type, String owner) {
        String subject = topic + "-" + type.value();
        Optional<PinnedSchema> found = asked.computeIfAbsent(subject, catalog::latest);
        if (found.isEmpty()) {
            faults.error(
                    type.place(),
                    type.path(),
                    "Expected a schema of " + type.value() + " but there is no subject " + subject,
                    owner + " must register it first; check the name and the topic");
            return found;
        }
        Schema schema = found.get().schema();
        if (schema.getType() != Schema.Type.RECORD || !schema.getFullName().equals(type.value())) {
            faults.error(
                    type.place(),
                    type.path(),
                    "Expected a record named "
                            + type.value()
                            + " in subject "
                            + subject
                            + " but it holds "
                            + schema.getFullName(),
                    "Register the record under its own subject");
            return Optional.empty();
        }
        return found;
    }
}
