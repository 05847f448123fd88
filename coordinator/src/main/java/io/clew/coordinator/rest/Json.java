package io.clew.coordinator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Decimals keep every digit they were written with. */
    static ObjectMapper withExactDecimals(ObjectMapper json) {
        return json.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** The object in a body; anything else is the caller's fault. */
    static JsonNode read(ObjectMapper json, String body) {
        try {
            JsonNode request = json.readTree(body);
            if (request == null || !request.isObject()) {
                throw ProblemException.badRequest("BAD_JSON", "Expected a JSON object in the body");
            }
            return request;
        } catch (JsonProcessingException bad) {
            throw ProblemException.badRequest("BAD_JSON", bad.getOriginalMessage());
        }
    }

    /** A request again, to hand it on. */
    static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(
                    "Expected " + value + " to be JSON as it came", impossible);
        }
    }
}
