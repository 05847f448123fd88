package io.clew.avro;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Schemas by their id: found once, kept for ever; not found, asked for again after a while. */
final class SchemaStore {

    private static final Duration KEEP_ABSENT = Duration.ofSeconds(30);
    private static final int MAX_PREFETCHES = 16;
    private static final int MAX_REFERENCES = 100;

    private final RegistryHttp http;
    private final RegistryConfig config;
    private final SingleFlight<Integer, Schema> schemas =
            new SingleFlight<>(Integer.MAX_VALUE, this::fetch);
    private final Map<Integer, Failure> failures = new ConcurrentHashMap<>();
    private final Semaphore prefetches = new Semaphore(MAX_PREFETCHES);

    SchemaStore(RegistryHttp http, RegistryConfig config) {
        this.http = http;
        this.config = config;
    }

    /** Why an id could not be loaded, and until when that is taken as the answer. */
    private record Failure(RegistryException cause, long expiry) {

        boolean expired() {
            return System.nanoTime() - expiry >= 0;
        }
    }

    Optional<Schema> cached(int id) {
        return schemas.cached(id);
    }

    Schema get(int id) {
        var cached = schemas.cached(id);
        if (cached.isPresent()) {
            return cached.get();
        }
        if (failure(id) instanceof Failure(SchemaNotFoundException absent, var expiry)) {
            throw absent;
        }
        return Waiting.forResult(schemas.load(id));
    }

    SchemaStatus prefetch(int id) {
        var cached = schemas.cached(id);
        if (cached.isPresent()) {
            return new SchemaStatus.Present(cached.get());
        }
        var failure = failure(id);
        if (failure == null && !schemas.isLoading(id) && prefetches.tryAcquire()) {
            var unused = schemas.load(id).whenComplete((schema, error) -> prefetches.release());
        }
        if (failure != null && failure.cause() instanceof SchemaNotFoundException absent) {
            return new SchemaStatus.Absent(String.valueOf(absent.getMessage()));
        }
        return http.outage()
                .<SchemaStatus>map(o -> new SchemaStatus.Unavailable(o.since(), o.reason()))
                .orElseGet(SchemaStatus.Pending::new);
    }

    /** The schema in an answer, with those it refers to. */
    Schema parse(JsonNode body, String name) {
        var type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new SchemaNotFoundException(
                    "Expected %s to be an Avro schema but it is of type %s".formatted(name, type));
        }
        var parser = SchemaText.parser();
        try {
            parseReferences(body, parser, new HashSet<>());
            return parser.parse(body.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new SchemaNotFoundException(
                    "Expected %s to be a valid Avro schema but: %s".formatted(name, e.getMessage()),
                    e);
        }
    }

    private @Nullable Failure failure(int id) {
        var failure = failures.get(id);
        if (failure != null && failure.expired()) {
            failures.remove(id, failure);
            return null;
        }
        return failure;
    }

    private Schema fetch(int id) {
        try {
            var answer = http.get(RegistryHttp.BY_ID + id);
            if (answer.notFound()) {
                // A node that lags behind the one a producer registered with says "not found", too.
                http.pause(0);
                answer = http.get(RegistryHttp.BY_ID + id);
            }
            return parse(Answers.expectSuccess(answer, "schema id " + id), "schema id " + id);
        } catch (SchemaNotFoundException e) {
            throw kept(id, e, KEEP_ABSENT);
        } catch (RegistryUnavailableException e) {
            throw kept(id, e, config.retryWait());
        }
    }

    private <E extends RegistryException> E kept(int id, E cause, Duration time) {
        if (failures.size() >= config.cacheSize()) {
            failures.keySet().stream().findFirst().ifPresent(failures::remove);
        }
        failures.put(id, new Failure(cause, System.nanoTime() + time.toNanos()));
        return cause;
    }

    private void parseReferences(JsonNode body, Schema.Parser parser, Set<String> seen) {
        for (var reference : body.path("references")) {
            var subject = reference.path("subject").asText();
            var version = reference.path("version").asInt();
            if (!seen.add(subject + " version " + version)) {
                continue;
            }
            if (seen.size() > MAX_REFERENCES) {
                throw new AvroRuntimeException("more than " + MAX_REFERENCES + " references");
            }
            var path = Answers.subjectPath(subject) + "/versions/" + version + "?deleted=true";
            var referred = Answers.expectSuccess(http.get(path), subject + " version " + version);
            parseReferences(referred, parser, seen);
            parser.parse(referred.path("schema").asText());
        }
    }
}
