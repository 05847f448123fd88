package io.clew.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Small HTTP calls to the platform's own parts, with a limit on each. */
final class Http {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();

    /** What came back. */
    record Answer(int status, String body) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    private Http() {}

    static Optional<Answer> get(String uri) {
        return call(request(uri).timeout(LIMIT).GET());
    }

    static Optional<Answer> get(String uri, String header, String value, Duration limit) {
        return call(request(uri).timeout(limit).header(header, value).GET());
    }

    static Optional<Answer> send(String method, String uri, String contentType, String body) {
        return call(
                request(uri)
                        .timeout(LIMIT.multipliedBy(2))
                        .header("Content-Type", contentType)
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    static boolean isOk(String uri) {
        return get(uri).filter(Answer::isSuccess).isPresent();
    }

    private static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri));
    }

    private static Optional<Answer> call(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return Optional.of(new Answer(response.statusCode(), response.body()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
