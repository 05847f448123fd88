package io.clew.coordinator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** Index attributes as one JSON object. */
final class IndexJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private IndexJson() {}

    static Map<String, String> read(String text) {
        try {
            Map<String, String> index = JSON.readValue(text, ATTRIBUTES);
            if (index == null || index.containsValue(null)) {
                throw bad(text);
            }
            return index;
        } catch (JsonProcessingException malformed) {
            throw bad(text);
        }
    }

    private static UnreadableException bad(String text) {
        return new UnreadableException(
                "BAD_HEADER",
                "Expected a JSON object of texts in " + WireHeaders.INDEX + " but got " + text);
    }

    static String write(Map<String, String> index) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(index));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Expected texts to fit JSON", impossible);
        }
    }
}
