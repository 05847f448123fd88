package io.clew.coordinator.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other instances of the coordinator over HTTP, with limits. */
public final class Peers {

    /** Marks a request of one instance to another, which is answered there and not passed on. */
    public static final String FORWARDED = "Clew-Forwarded";

    /** Where an instance answers others. */
    public static final String INTERNAL = "/internal";

    /** Where it answers {@link #list}. */
    public static final String LISTS = "/sagas";

    /** Where it answers {@link #migrate}. */
    public static final String MIGRATIONS = "/migrations";

    private static final Logger LOGGER = LoggerFactory.getLogger(Peers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final ObjectMapper json;

    public Peers(ObjectMapper json) {
        this.json = json;
    }

    /**
     * A request as it came in.
     *
     * @param method its method
     * @param pathAndQuery raw, from the slash on
     * @param headers those that matter to the answer
     * @param body its body, may be empty
     * @param patience how long the answer may take on purpose
     */
    public record Ask(
            String method,
            String pathAndQuery,
            Map<String, String> headers,
            String body,
            Duration patience) {}

    /** The other instance's answer, as it is. */
    public record Reply(int status, Map<String, String> headers, String body) {}

    /** Asks the nodes one after another until one answers other than "not ready". */
    public Optional<Reply> ask(List<URI> nodes, Ask ask) {
        for (URI node : nodes) {
            Optional<Reply> reply = ask(node, ask);
            if (reply.isPresent() && reply.get().status() != 503) {
                return reply;
            }
            if (!ask.method().equals("GET") && reply.isPresent()) {
                return reply;
            }
        }
        return Optional.empty();
    }

    /** The share of one node in a list; nothing if it does not answer. */
    List<PartitionPage> list(URI node, ListAsk share) {
        return share(node, LISTS, share, Duration.ZERO)
                .flatMap(it -> read(node, it, new TypeReference<List<PartitionPage>>() {}))
                .orElse(List.of());
    }

    /** What one node has migrated of its sagas; nothing if it does not answer. */
    Optional<MigrationShare> migrate(URI node, MigrationAsk share, Duration patience) {
        return share(node, MIGRATIONS, share, patience)
                .flatMap(it -> read(node, it, new TypeReference<MigrationShare>() {}));
    }

    private Optional<String> share(URI node, String path, Object share, Duration patience) {
        try {
            Ask ask =
                    new Ask(
                            "POST",
                            INTERNAL + path,
                            Map.of("Content-Type", "application/json"),
                            json.writeValueAsString(share),
                            patience);
            return ask(node, ask).filter(it -> it.status() == 200).map(Reply::body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Expected " + share + " to be JSON", impossible);
        }
    }

    private <T> Optional<T> read(URI node, String body, TypeReference<T> type) {
        try {
            return Optional.of(json.readValue(body, type));
        } catch (JsonProcessingException other) {
            LOGGER.warn("Expected a share from {} but got {}", node, other.getOriginalMessage());
            return Optional.empty();
        }
    }

    private Optional<Reply> ask(URI node, Ask ask) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(node.resolve(ask.pathAndQuery()))
                        .timeout(PATIENCE.plus(ask.patience()))
                        .header(FORWARDED, "1")
                        .method(ask.method(), HttpRequest.BodyPublishers.ofString(ask.body()));
        ask.headers().forEach(request::header);
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String name : List.of("Content-Type", "ETag", "Location", "Retry-After")) {
                response.headers().firstValue(name).ifPresent(it -> headers.put(name, it));
            }
            return Optional.of(new Reply(response.statusCode(), headers, response.body()));
        } catch (IOException away) {
            LOGGER.debug("Expected an answer of {} but {}", node, String.valueOf(away));
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
