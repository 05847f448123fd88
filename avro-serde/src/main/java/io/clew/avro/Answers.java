package io.clew.avro;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The registry's answers, read the same way for every question. */
final class Answers {

    private Answers() {}

    static JsonNode expectSuccess(RegistryHttp.Answer answer, String what) {
        if (answer.succeeded()) {
            return answer.body();
        }
        if (answer.notFound()) {
            throw new SchemaNotFoundException(
                    "Expected the registry to have %s but it has not (error %d): %s"
                            .formatted(what, answer.errorCode(), answer.reason()));
        }
        throw new RegistryUnavailableException(
                "Expected an answer from the schema registry about %s but got HTTP %d, error %d: %s"
                        .formatted(what, answer.status(), answer.errorCode(), answer.reason()),
                null);
    }

    static int id(JsonNode body, String what) {
        if (!body.path("id").canConvertToInt()) {
            throw new RegistryUnavailableException(
                    "Expected an id from the schema registry for %s but got %s"
                            .formatted(what, body),
                    null);
        }
        return body.path("id").intValue();
    }

    static String subjectPath(String subject) {
        return "/subjects/" + encoded(subject);
    }

    static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
