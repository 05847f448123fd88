package io.clew.avro;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/**
 * Talks to a schema registry over Confluent's REST API (Confluent, Apicurio, Karapace, Redpanda).
 *
 * <p>Safe for many threads. Every method but {@link #cachedSchema}, {@link #prefetch} and {@link
 * #outage} may block for as long as {@link RegistryConfig} allows, and throws {@link
 * RegistryUnavailableException} after that.
 */
public final class RegistryClient implements AutoCloseable {

    private final RegistryHttp http;
    private final SchemaStore schemas;
    private final boolean normalize;
    private final SingleFlight<Entry, Integer> registered;
    private final SingleFlight<Entry, RegisteredSchema> found;

    public RegistryClient(RegistryConfig config) {
        this(config, false);
    }

    RegistryClient(RegistryConfig config, boolean normalize) {
        this.http = new RegistryHttp(config);
        this.schemas = new SchemaStore(http, config);
        this.normalize = normalize;
        this.registered = new SingleFlight<>(config.cacheSize(), this::askToRegister);
        this.found = new SingleFlight<>(config.cacheSize(), this::askToFind);
    }

    private record Entry(String subject, Schema schema) {}

    /** Registers a schema, or finds it registered, and returns its id. */
    public int register(String subject, Schema schema) {
        return Waiting.forResult(registered.load(new Entry(subject, schema)));
    }

    /** The schema with this id; throws {@link SchemaNotFoundException} if there is none. */
    public Schema schemaById(int id) {
        return schemas.get(id);
    }

    /** The schema with this id if it is already here. Never blocks. */
    public Optional<Schema> cachedSchema(int id) {
        return schemas.cached(id);
    }

    /** What is known about this id; if it is not here, it is being fetched. Never blocks. */
    public SchemaStatus prefetch(int id) {
        return schemas.prefetch(id);
    }

    /** Since when the registry gives no answers, if the last question got none. Never blocks. */
    public Optional<RegistryOutage> outage() {
        return http.outage();
    }

    /** The newest version of a subject, if there is one; asked for each time. */
    public Optional<RegisteredSchema> latest(String subject) {
        var answer = http.get(Answers.subjectPath(subject) + "/versions/latest");
        return answer.notFound()
                ? Optional.empty()
                : Optional.of(registeredSchema(answer, "the latest version of " + subject));
    }

    /** The version of a subject that holds this very schema, if there is one. */
    public Optional<RegisteredSchema> lookup(String subject, Schema schema) {
        try {
            return Optional.of(Waiting.forResult(found.load(new Entry(subject, schema))));
        } catch (SchemaNotFoundException e) {
            return Optional.empty();
        }
    }

    /** All subjects. */
    public List<String> subjects() {
        var body = Answers.expectSuccess(http.get("/subjects"), "subjects");
        return StreamSupport.stream(body.spliterator(), false).map(JsonNode::asText).toList();
    }

    /** Whether the subject would take this schema. */
    public boolean compatible(String subject, Schema schema) {
        var path = "/compatibility/subjects/" + Answers.encoded(subject) + "/versions";
        var answer = http.post(path, schemaBody(schema));
        if (answer.status() == 405) {
            answer = http.post(path + "/latest", schemaBody(schema));
        }
        return answer.notFound()
                || Answers.expectSuccess(answer, "subject " + subject)
                        .path("is_compatible")
                        .asBoolean();
    }

    /** Sets which changes of a subject are accepted. */
    public void setCompatibility(String subject, CompatibilityLevel level) {
        configure("/config/" + Answers.encoded(subject), level);
    }

    /** Sets which changes are accepted of subjects that have no level of their own. */
    public void setCompatibility(CompatibilityLevel level) {
        configure("/config", level);
    }

    @Override
    public void close() {
        http.close();
    }

    private void configure(String path, CompatibilityLevel level) {
        Answers.expectSuccess(http.put(path, Map.of("compatibility", level.name())), path);
    }

    private int askToRegister(Entry entry) {
        var path = Answers.subjectPath(entry.subject()) + "/versions" + query();
        var answer = http.post(path, schemaBody(entry.schema()));
        return switch (answer.status()) {
            case 409, 422 ->
                    throw new SchemaRefusedException(
                            entry.subject(),
                            entry.schema().getFullName(),
                            answer.errorCode(),
                            answer.reason());
            default -> {
                var what = "subject " + entry.subject();
                yield Answers.id(Answers.expectSuccess(answer, what), what);
            }
        };
    }

    private RegisteredSchema askToFind(Entry entry) {
        var path = Answers.subjectPath(entry.subject()) + query();
        var what =
                "schema %s under subject %s"
                        .formatted(entry.schema().getFullName(), entry.subject());
        return registeredSchema(http.post(path, schemaBody(entry.schema())), what);
    }

    private RegisteredSchema registeredSchema(RegistryHttp.Answer answer, String what) {
        var body = Answers.expectSuccess(answer, what);
        return new RegisteredSchema(
                body.path("subject").asText(),
                body.path("version").asInt(),
                Answers.id(body, what),
                schemas.parse(body, what));
    }

    private String query() {
        return normalize ? "?normalize=true" : "";
    }

    private static Map<String, String> schemaBody(Schema schema) {
        return Map.of("schema", SchemaText.of(schema));
    }
}
