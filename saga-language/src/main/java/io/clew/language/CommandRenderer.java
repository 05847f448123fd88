package io.clew.language;

import com.fasterxml.jackson.core.JsonGenerator;
import io.clew.language.SagaForm.CommandForm;
import io.clew.language.SagaForm.ResultForm;
import io.clew.language.source.Node;
import io.clew.saga.FailurePolicy;
import io.clew.saga.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Renders commands and what is said about them, for {@link Canonical}. */
final class CommandRenderer {

    private final JsonGenerator json;

    CommandRenderer(JsonGenerator json) {
        this.json = json;
    }

    void command(CommandForm command) throws IOException {
        json.writeStringField("command", command.command().value());
        rest(command);
    }

    /** The event that starts a child. */
    void start(CommandForm start) throws IOException {
        json.writeStringField("event", start.command().value());
        rest(start);
    }

    private void rest(CommandForm command) throws IOException {
        if (command.result().isPresent()) {
            json.writeStringField("result", command.result().get().value());
        }
        with(command.with());
    }

    /** What a saga comes to. */
    void result(ResultForm result) throws IOException {
        json.writeObjectFieldStart("result");
        json.writeStringField("type", result.type().orElseThrow().value());
        with(result.with());
        json.writeEndObject();
    }

    private void with(Map<String, Node> values) throws IOException {
        json.writeFieldName("with");
        table(values);
    }

    /** A command with its own timeout and retry: a compensation. */
    void resent(CommandForm command) throws IOException {
        command(command);
        duration("timeout", command.timeout());
        retry(command.retry());
    }

    void retry(RetryPolicy retry) throws IOException {
        json.writeObjectFieldStart("retry");
        json.writeNumberField("attempts", retry.attempts());
        duration("backoff", retry.backoff());
        json.writeNumberField("factor", retry.factor());
        duration("max", retry.max());
        json.writeEndObject();
    }

    void onFailure(Map<String, Located<FailurePolicy>> policies) throws IOException {
        json.writeObjectFieldStart("onFailure");
        for (Map.Entry<String, Located<FailurePolicy>> entry : policies.entrySet()) {
            json.writeFieldName(entry.getKey());
            policy(entry.getValue().value());
        }
        json.writeEndObject();
    }

    void duration(String key, Duration duration) throws IOException {
        json.writeStringField(key, duration.toString());
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
            case FailurePolicy.RollbackTo back -> {
                json.writeStartObject();
                json.writeStringField("rollbackTo", back.savepoint());
                json.writeNumberField("max", back.max());
                json.writeEndObject();
            }
        }
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
}
