package io.clew.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions to the registry until one of its nodes gives a definite answer, or the limit is
 * reached.
 */
final class RegistryHttp implements AutoCloseable {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_REASON_LENGTH = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    static final String BY_ID = "/schemas/ids/";

    /** How long after an outage a registry may not know yet what it has. */
    private static final Duration SETTLING_TIME = Duration.ofSeconds(10);

    private static final Failed SETTLING =
            new Failed(
                    "it has only just come back, and says that it has no such schema", null, true);

    private final RegistryConfig config;
    private final HttpClient client;
    private final ExecutorService exchanges =
            Executors.newCachedThreadPool(
                    task -> {
                        var thread = new Thread(task, "clew-registry-http");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final AtomicReference<@Nullable RegistryOutage> outage = new AtomicReference<>();
    private volatile long lastFailure;
    private volatile int preferred;
    private volatile boolean closed;

    RegistryHttp(RegistryConfig config) {
        this.config = config;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(config.connectTimeout())
                        .build();
    }

    /** What came of one try. */
    sealed interface Outcome {}

    /** A definite answer of the registry: a success, or a refusal with a reason. */
    record Answer(int status, int errorCode, JsonNode body, String reason) implements Outcome {

        boolean succeeded() {
            return status < 300;
        }

        /** Whether the registry says that it has no such subject, version or schema. */
        boolean notFound() {
            return status == 404;
        }
    }

    private record Failed(String reason, @Nullable Throwable cause, boolean retriable)
            implements Outcome {}

    Answer get(String path) {
        return ask("GET", path, "");
    }

    Answer post(String path, Map<String, String> body) {
        return ask("POST", path, json(body));
    }

    Answer put(String path, Map<String, String> body) {
        return ask("PUT", path, json(body));
    }

    /** Since when the registry gives no answers, if the last question got none. */
    Optional<RegistryOutage> outage() {
        return Optional.ofNullable(outage.get());
    }

    /** Waits before a question is put again. */
    void pause(int round) {
        var limit = config.maxRetryWait().toMillis();
        var wait = Math.min(limit, config.retryWait().toMillis() << Math.min(round, 16));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(wait / 2, wait + 1));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
        exchanges.shutdownNow();
    }

    private Answer ask(String method, String path, String body) {
        var urls = config.urls();
        for (var tries = 1; ; tries++) {
            if (closed) {
                throw new RegistryUnavailableException(
                        "Expected an open client but it is closed", null);
            }
            var node = preferred;
            var url = urls.get(node);
            switch (attempt(URI.create(url + path), method, body)) {
                case Answer answer when settles(path, answer) -> {
                    if (tries == urls.size() * (config.maxRetries() + 1)) {
                        throw unavailable(method, url + path, tries, SETTLING);
                    }
                    pause(tries - 1);
                }
                case Answer answer -> {
                    outage.set(null);
                    return answer;
                }
                case Failed failed -> {
                    preferred = (node + 1) % urls.size();
                    noteOutage(url, failed.reason());
                    if (!failed.retriable() || tries == urls.size() * (config.maxRetries() + 1)) {
                        throw unavailable(method, url + path, tries, failed);
                    }
                    if (tries % urls.size() == 0) {
                        pause(tries / urls.size() - 1);
                    }
                }
            }
        }
    }

    /**
     * Whether the answer is not to be believed yet. A registry that starts answers before it has
     * read what it keeps, and whoever believed it then would take a good record for one of no
     * schema.
     */
    private boolean settles(String path, Answer answer) {
        return answer.notFound()
                && path.startsWith(BY_ID)
                && outage.get() != null
                && System.nanoTime() - lastFailure < SETTLING_TIME.toNanos();
    }

    private Outcome attempt(URI uri, String method, String body) {
        var request =
                HttpRequest.newBuilder(uri)
                        .header("Accept", MEDIA_TYPE + ", application/json")
                        .header("Content-Type", MEDIA_TYPE)
                        .timeout(config.requestTimeout());
        if (!config.userInfo().isEmpty()) {
            request.header("Authorization", "Basic " + base64(config.userInfo()));
        }
        request.method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        // The request's own timeout does not cover a body that stops arriving.
        var limit = config.connectTimeout().plus(config.requestTimeout()).toMillis();
        Future<HttpResponse<String>> exchange;
        try {
            exchange = exchanges.submit(() -> send(request.build()));
        } catch (RejectedExecutionException e) {
            return new Failed("the client is closed", e, false);
        }
        try {
            return read(exchange.get(limit, TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            var cause = Optional.ofNullable(e.getCause()).orElse(e);
            return new Failed(cause.toString(), cause, true);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Failed("no answer within " + Duration.ofMillis(limit), e, true);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw new InterruptException(e);
        }
    }

    /** Blocks a thread of our own: what is sent asynchronously completes on the common pool. */
    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private static Outcome read(HttpResponse<String> response) {
        var status = response.statusCode();
        var body = parse(response.body());
        var code = body.path("error_code").asInt(status);
        var text = body.path("message").asText(response.body());
        var reason =
                text.length() > MAX_REASON_LENGTH ? text.substring(0, MAX_REASON_LENGTH) : text;
        var failure = "HTTP %d %s".formatted(status, reason).strip();
        return switch (status) {
            case 401, 403 -> new Failed(failure, null, false);
            case 408, 429 -> new Failed(failure, null, true);
            // Any web server says 404; only a registry says which thing it has not got.
            case 404 ->
                    code / 100 == 404
                            ? new Answer(status, code, body, reason)
                            : new Failed(failure + ": not a schema registry's answer", null, true);
            default -> {
                if (status >= 500 || status < 300 && body.isMissingNode()) {
                    yield new Failed(failure, null, true);
                }
                yield new Answer(status, code, body, reason);
            }
        };
    }

    private void noteOutage(URI url, String reason) {
        lastFailure = System.nanoTime();
        var text = url + ": " + reason;
        outage.updateAndGet(
                known -> new RegistryOutage(known == null ? Instant.now() : known.since(), text));
    }

    private static RegistryUnavailableException unavailable(
            String method, String url, int tries, Failed failed) {
        return new RegistryUnavailableException(
                ("Expected an answer from the schema registry to %s %s but got none"
                                + " in %d tries; last: %s")
                        .formatted(method, url, tries, failed.reason()),
                failed.cause());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String json(Map<String, String> body) {
        return JSON.valueToTree(body).toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
