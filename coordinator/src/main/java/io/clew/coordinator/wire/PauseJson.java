package io.clew.coordinator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clew.saga.Bytes;
import io.clew.saga.PauseRequest;
import io.clew.saga.PauseSubject;
import java.io.IOException;

/** Pauses as JSON: {@code {operationId, subject, request, actor, note}}. */
final class PauseJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAUSE = "pause";
    private static final String RESUME = "resume";

    private PauseJson() {}

    static byte[] write(PauseRequest request) {
        ObjectNode json = JSON.createObjectNode();
        json.put("operationId", request.operationId());
        json.put("subject", request.subject().key());
        json.put("request", request.pause() ? PAUSE : RESUME);
        json.put("actor", request.actor());
        json.put("note", request.note());
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException impossible) {
            throw new IllegalStateException("Expected a tree to fit JSON", impossible);
        }
    }

    static PauseRequest read(Bytes value) {
        try {
            JsonNode json = JSON.readTree(value.array());
            String operationId = json.path("operationId").asText();
            String word = json.path("request").asText();
            if (operationId.isEmpty() || !word.equals(PAUSE) && !word.equals(RESUME)) {
                throw bad(
                        "Expected an operationId and a request to pause or resume but got " + json);
            }
            return new PauseRequest(
                    operationId,
                    PauseSubject.ofKey(json.path("subject").asText()),
                    word.equals(PAUSE),
                    json.path("actor").asText(),
                    json.path("note").asText());
        } catch (IOException malformed) {
            throw bad("Expected JSON but got " + value);
        } catch (IllegalArgumentException unknown) {
            throw bad(String.valueOf(unknown.getMessage()));
        }
    }

    private static UnreadableException bad(String reason) {
        return new UnreadableException("BAD_PAUSE", reason);
    }
}
