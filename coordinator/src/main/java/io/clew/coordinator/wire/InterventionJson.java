package io.clew.coordinator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.InterventionRequest;
import io.clew.saga.SagaInput;
import java.io.IOException;
import java.util.Optional;

/**
 * Interventions as JSON: {@code {operationId, revision?, command?, actor, note, request, result?,
 * to?}}.
 */
final class InterventionJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATION_ID = "operationId";
    private static final String REVISION = "revision";
    private static final String COMMAND = "command";
    private static final String RESULT = "result";
    private static final String TO = "to";
    private static final String DEFINITION = "definition";

    private InterventionJson() {}

    static byte[] write(SagaInput.Intervention intervention) {
        ObjectNode json = JSON.createObjectNode();
        json.put(OPERATION_ID, intervention.operationId());
        intervention.revision().ifPresent(it -> json.put(REVISION, it));
        intervention.command().ifPresent(it -> json.put(COMMAND, it));
        json.put("actor", intervention.actor());
        json.put("note", intervention.note());
        json.put("request", intervention.request().word());
        if (intervention.request() instanceof InterventionRequest.Skip skip) {
            skip.result().ifPresent(it -> json.put(RESULT, it.array()));
        }
        if (intervention.request() instanceof InterventionRequest.Rewind rewind) {
            json.put(TO, rewind.to());
        }
        if (intervention.request() instanceof InterventionRequest.Migrate migrate) {
            ObjectNode to = json.putObject(DEFINITION);
            to.put("name", migrate.to().name());
            to.put("version", migrate.to().version());
            to.put("sha256", migrate.to().sha256());
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException impossible) {
            throw new IllegalStateException("Expected a tree to fit JSON", impossible);
        }
    }

    static SagaInput.Intervention read(Bytes value) {
        try {
            JsonNode json = JSON.readTree(value.array());
            String operationId = json.path(OPERATION_ID).asText();
            if (operationId.isEmpty()) {
                throw bad("Expected an operationId but there is none");
            }
            return new SagaInput.Intervention(
                    operationId,
                    json.hasNonNull(REVISION)
                            ? Optional.of(json.path(REVISION).asLong())
                            : Optional.empty(),
                    json.hasNonNull(COMMAND)
                            ? Optional.of(json.path(COMMAND).asText())
                            : Optional.empty(),
                    json.path("actor").asText(),
                    json.path("note").asText(),
                    request(json));
        } catch (IOException malformed) {
            throw bad("Expected JSON but got " + value);
        }
    }

    private static InterventionRequest request(JsonNode json) throws IOException {
        String word = json.path("request").asText();
        return switch (word) {
            case "retry" -> new InterventionRequest.Retry();
            case "skip" -> new InterventionRequest.Skip(result(json));
            case "cancel" -> new InterventionRequest.Cancel();
            case "hold" -> new InterventionRequest.Hold();
            case "rewind" -> new InterventionRequest.Rewind(to(json));
            case "abandon" -> new InterventionRequest.Abandon();
            case "pause" -> new InterventionRequest.Pause();
            case "resume" -> new InterventionRequest.Resume();
            case "migrate" -> new InterventionRequest.Migrate(version(json.path(DEFINITION)));
            default -> throw bad("Expected an intervention but got '" + word + "'");
        };
    }

    private static DefinitionRef version(JsonNode json) {
        String name = json.path("name").asText();
        int version = json.path("version").asInt();
        String sha256 = json.path("sha256").asText();
        if (name.isEmpty() || version < 1 || sha256.isEmpty()) {
            throw bad("Expected name, version and sha256 of a definition but got " + json);
        }
        return new DefinitionRef(name, version, sha256);
    }

    private static String to(JsonNode json) {
        String to = json.path(TO).asText();
        if (to.isEmpty()) {
            throw bad("Expected the step to go back to in 'to' but there is none");
        }
        return to;
    }

    private static Optional<Bytes> result(JsonNode json) throws IOException {
        if (!json.hasNonNull(RESULT)) {
            return Optional.empty();
        }
        byte[] value = json.path(RESULT).binaryValue();
        if (value == null) {
            throw bad("Expected base64 text in result but got " + json.path(RESULT).getNodeType());
        }
        return Optional.of(Bytes.wrap(value));
    }

    private static UnreadableException bad(String reason) {
        return new UnreadableException("BAD_INTERVENTION", reason);
    }
}
