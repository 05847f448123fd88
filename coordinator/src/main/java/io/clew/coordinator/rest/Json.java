package io.clew.coordinator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. */
final class Json {

    private static final int MAX_TEXT = 1 << 16;
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

    /** The same, with no other members than these: what is misspelt must not be passed over. */
    static JsonNode read(ObjectMapper json, String body, Set<String> members) {
        JsonNode request = read(json, body);
        request.fieldNames()
                .forEachRemaining(
                        it -> {
                            if (!members.contains(it)) {
                                throw ProblemException.badRequest(
                                        "UNKNOWN_MEMBER",
                                        "Expected members of "
                                                + new TreeSet<>(members)
                                                + " but got '"
                                                + it
                                                + "'");
                            }
                        });
        return request;
    }

    /** A whole number in a body, if it is there. */
    static Optional<Integer> number(JsonNode request, String member) {
        JsonNode value = request.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isInt()) {
            throw ProblemException.badRequest(
                    "BAD_MEMBER",
                    "Expected '" + member + "' to be a whole number but got " + value);
        }
        return Optional.of(value.intValue());
    }

    /** Whether something is wished in a body; not, if it is not there. */
    static boolean flag(JsonNode request, String member) {
        JsonNode value = request.path(member);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw ProblemException.badRequest(
                    "BAD_MEMBER", "Expected '" + member + "' to be true or false but got " + value);
        }
        return value.booleanValue();
    }

    /** A text in a body, if it is there. */
    static Optional<String> text(JsonNode request, String member) {
        JsonNode value = request.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().length() > MAX_TEXT) {
            throw ProblemException.badRequest(
                    "BAD_MEMBER",
                    "Expected '"
                            + member
                            + "' to be a text of at most "
                            + MAX_TEXT
                            + " characters");
        }
        return Optional.of(value.textValue());
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
