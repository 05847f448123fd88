package io.clew.platform.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.platform.PlatformException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Talks JSON to the running platform. */
final class RestClient {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int FIRST_ERROR = 400;
    private static final int NOT_FOUND = 404;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /** What is there; an empty node if it is not there yet or cannot be said now. */
    JsonNode get(String uri) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(uri).GET());
        int status = response.statusCode();
        if (status == NOT_FOUND || status >= FIRST_SERVER_ERROR) {
            return json.createObjectNode();
        }
        return body(uri, response);
    }

    JsonNode post(String uri, String body) throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(
                        request(uri)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return body(uri, response);
    }

    private JsonNode body(String uri, HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= FIRST_ERROR) {
            throw new PlatformException(
                    "Expected %s to answer but got %d %s"
                            .formatted(uri, response.statusCode(), response.body()));
        }
        return json.readTree(response.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpRequest built = request.timeout(LIMIT).build();
        try {
            return client.send(built, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new PlatformException(
                    "Expected an answer from %s but nobody is there; start it: ./clew up"
                            .formatted(built.uri()),
                    e);
        }
    }

    private static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).header("Accept", "application/json");
    }
}
