package io.clew.benchmark;

import io.clew.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;

/** The coordinator's REST API, as far as a benchmark needs it. */
record Rest(String coordinator) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FIRST_REDIRECT = 300;

    /** Applies a definition that is a resource of this module. */
    void apply(String definition, int version, String resource) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "%s/definitions/%s/versions/%d"
                                                .formatted(coordinator, definition, version)))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/yaml")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes(resource)))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= FIRST_REDIRECT) {
                throw new PlatformException(
                        "Expected the coordinator to take %s but got %d %s"
                                .formatted(resource, answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new PlatformException("Expected the coordinator to answer but it did not", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while applying " + resource, e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Rest.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException e) {
            throw new PlatformException("Expected to read " + resource + " but could not", e);
        }
    }
}
