package io.clew.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The one rendering of a definition: JSON in the order of the grammar, every default written out,
 * so that a later default changes no definition that was applied before. Keys a user chooses
 * ({@code index}, {@code with}, {@code onFailure}) are sorted, nodes, arms and branches are as
 * written, durations are ISO 8601, expressions and numbers are texts. It is itself a valid source.
 */
final class Canonical {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private Canonical(JsonGenerator json) {
        this.json = json;
    }

    /** The rendering of a form without faults. */
    static String of(SagaForm form) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new Canonical(json).saga(form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String sha256(String canonical) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every JDK", e);
        }
    }

    private void saga(SagaForm form) throws IOException {
        json.writeStartObject();
        text("saga", form.name());
        json.writeNumberField("version", form.version().orElseThrow());
        SagaForm.TriggerForm trigger = form.trigger().orElseThrow();
        json.writeObjectFieldStart("startedBy");
        text("topic", trigger.topic());
        text("event", trigger.event());
        text("key", trigger.key());
        json.writeEndObject();
        duration("deadline", form.deadline());
        duration("retention", form.retention());
        duration("uniqueFor", form.uniqueFor());
        json.writeObjectFieldStart("index");
        for (Map.Entry<String, Located<String>> entry : form.index().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue().value());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("steps");
        NodeRenderer nodes = new NodeRenderer(json);
        for (NodeForm node : form.steps()) {
            nodes.render(node);
        }
        json.writeEndArray();
        if (form.result().isPresent()) {
            new CommandRenderer(json).result(form.result().get());
        }
        json.writeEndObject();
    }

    private void text(String key, Optional<Located<String>> text) throws IOException {
        json.writeStringField(key, text.orElseThrow().value());
    }

    private void duration(String key, Duration duration) throws IOException {
        json.writeStringField(key, duration.toString());
    }
}
