package io.clew.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clew.platform.PlatformException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a coordinator says of itself; it may be down. */
record CoordinatorView(String url) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NONE = 0;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();

    /** An answer; its status is 0 if there was none. */
    private record Answer(int status, String body) {}

    boolean ready() {
        return get("/q/health/ready").status() == OK;
    }

    /** Partitions of the inbox that it owns. */
    int partitions() {
        Answer answer = get("/q/health/ready");
        if (answer.status() == NONE) {
            return 0;
        }
        for (JsonNode check : json(answer).path("checks")) {
            if (check.path("name").asText().equals("engine")) {
                return check.path("data").path("partitions").asInt();
            }
        }
        return 0;
    }

    boolean knows(String sagaId) {
        return get("/sagas/" + sagaId).status() == OK;
    }

    boolean completed(String sagaId) {
        Answer answer = get("/sagas/" + sagaId);
        return answer.status() == OK && json(answer).path("phase").asText().equals("COMPLETED");
    }

    /** Sum of all samples whose name and labels begin so. */
    double metric(String prefix) {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new PlatformException("Expected JSON but got " + answer.body(), e);
        }
    }

    private Answer get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).build();
        try {
            HttpResponse<String> response =
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(NONE, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(NONE, "");
        }
    }
}
