package io.clew.benchmark;

import io.clew.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** The coordinator's REST API, as far as a benchmark needs it. */
record Rest(String coordinator) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FIRST_REDIRECT = 300;

    /** Applies version 1 of a definition. */
    void apply(String definition, String yaml) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "%s/definitions/%s/versions/1"
                                                .formatted(coordinator, definition)))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/yaml")
                        .PUT(HttpRequest.BodyPublishers.ofString(yaml))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= FIRST_REDIRECT) {
                throw new PlatformException(
                        "Expected the coordinator to take %s but got %d %s"
                                .formatted(definition, answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new PlatformException("Expected the coordinator to answer but it did not", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while applying " + definition, e);
        }
    }

    /** A text that is a resource of this module. */
    static String resource(String resource) {
        try (InputStream in = Rest.class.getResourceAsStream(resource)) {
            return new String(
                    Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new PlatformException("Expected to read " + resource + " but could not", e);
        }
    }
}
