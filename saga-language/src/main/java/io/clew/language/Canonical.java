package io.clew.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.SagaForm.StepForm;
import io.clew.language.source.Node;
import io.clew.saga.FailurePolicy;
import io.clew.saga.RetryPolicy;
import io.clew.saga.StepKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one rendering of a definition: JSON in the order of the grammar, every default written out,
 * so that a later default changes no definition that was applied before. Keys a user chooses
 * ({@code index}, {@code with}, {@code onFailure}) are sorted, steps are as written, durations are
 * ISO 8601, expressions and numbers are texts. It is itself a valid source.
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
        for (StepForm step : form.steps()) {
            step(step);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void step(StepForm step) throws IOException {
        CommandForm action = step.action().orElseThrow();
        json.writeStartObject();
        json.writeStringField("step", step.name().value());
        text("participant", step.participant());
        json.writeStringField("kind", step.kind().name().toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("action");
        command(action);
        json.writeEndObject();
        compensation(step);
        duration("timeout", action.timeout());
        if (step.giveUpAfter().isPresent()) {
            duration("giveUpAfter", step.giveUpAfter().get());
        }
        retry(action.retry());
        json.writeObjectFieldStart("onFailure");
        for (Map.Entry<String, FailurePolicy> entry : step.onFailure().entrySet()) {
            json.writeFieldName(entry.getKey());
            policy(entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void compensation(StepForm step) throws IOException {
        if (step.compensation().isPresent()) {
            CommandForm compensation = step.compensation().get();
            json.writeObjectFieldStart("compensation");
            command(compensation);
            duration("timeout", compensation.timeout());
            retry(compensation.retry());
            json.writeEndObject();
        } else if (step.kind() == StepKind.COMPENSATABLE) {
            json.writeStringField("compensation", "none");
        }
    }

    private void command(CommandForm command) throws IOException {
        json.writeStringField("command", command.command().value());
        if (command.result().isPresent()) {
            text("result", command.result());
        }
        json.writeFieldName("with");
        table(command.with());
    }

    private void table(Map<String, Node> values) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Node> entry : values.entrySet()) {
            json.writeFieldName(entry.getKey());
            value(entry.getValue());
        }
        json.writeEndObject();
    }

    private void value(Node node) throws IOException {
        switch (node) {
            case Node.Text text -> json.writeString(text.text());
            case Node.Blank ignored -> json.writeString("null");
            case Node.Row row -> row(row.items());
            case Node.Table table -> {
                Map<String, Node> sorted = new TreeMap<>();
                table.entries().forEach(entry -> sorted.put(entry.key(), entry.value()));
                table(sorted);
            }
        }
    }

    private void row(List<Node> items) throws IOException {
        json.writeStartArray();
        for (Node item : items) {
            value(item);
        }
        json.writeEndArray();
    }

    private void retry(RetryPolicy retry) throws IOException {
        json.writeObjectFieldStart("retry");
        json.writeNumberField("attempts", retry.attempts());
        duration("backoff", retry.backoff());
        json.writeNumberField("factor", retry.factor());
        duration("max", retry.max());
        json.writeEndObject();
    }

    private void policy(FailurePolicy policy) throws IOException {
        switch (policy) {
            case FailurePolicy.Compensate ignored -> json.writeString("compensate");
            case FailurePolicy.Continue ignored -> json.writeString("continue");
            case FailurePolicy.Retry retry -> {
                json.writeStartObject();
                json.writeNumberField("retry", retry.times());
                json.writeEndObject();
            }
        }
    }

    private void text(String key, Optional<Located<String>> text) throws IOException {
        json.writeStringField(key, text.orElseThrow().value());
    }

    private void duration(String key, Duration duration) throws IOException {
        json.writeStringField(key, duration.toString());
    }
}
