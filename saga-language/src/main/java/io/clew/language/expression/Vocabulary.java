package io.clew.language.expression;

import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** What expressions at one place of a definition can see. */
public final class Vocabulary {

    static final String EVENT = "event";
    static final String STEPS = "steps";
    static final String SAGA = "saga";
    static final String FAILURE = "failure";

    /** The reason of a step that cannot be read because of a fault noted elsewhere. */
    public static final String ALREADY_TOLD = "";

    static final Schema SAGA_SCHEMA =
            SchemaBuilder.record("Saga")
                    .fields()
                    .requiredString("id")
                    .requiredLong("run")
                    .requiredString("key")
                    .name("startedAt")
                    .type(
                            LogicalTypes.timestampMillis()
                                    .addToSchema(Schema.create(Schema.Type.LONG)))
                    .noDefault()
                    .endRecord();

    static final Schema FAILURE_SCHEMA =
            SchemaBuilder.record("Failure")
                    .fields()
                    .requiredString("code")
                    .requiredString("reason")
                    .requiredString("step")
                    .endRecord();

    /**
     * The output of a step.
     *
     * @param mayBeUnset whether the place can be reached without it
     */
    public record Output(Schema schema, boolean mayBeUnset) {}

    private final Types types = new Types();
    private final Map<String, CelType> variables = new LinkedHashMap<>();
    private final Map<String, Problem> hidden = new LinkedHashMap<>();
    private final Map<String, Problem> hiddenSteps = new LinkedHashMap<>();
    private final Map<String, Layout> outputs = new TreeMap<>();
    private final Layout event;
    private @Nullable CelCompiler compiler;

    private Vocabulary(Schema event) {
        this.event = Layout.of(event);
        variables.put(EVENT, types.record(event, false));
        hide("received", "an await", "Read 'event' instead, the saga's trigger");
        hide("item", "a loop", "Read 'event' instead, the saga's trigger");
        hide("index", "a loop", "Read 'event' instead, the saga's trigger");
    }

    /** The event alone: the saga is not there yet. */
    public static Vocabulary ofTrigger(Schema event) {
        Vocabulary vocabulary = new Vocabulary(event);
        for (String name : new String[] {STEPS, SAGA, FAILURE}) {
            vocabulary.hide(name, "steps", "Read 'event' alone: the saga has not started here");
        }
        return vocabulary;
    }

    /**
     * All an action sees.
     *
     * @param outputs of the steps before it, by step name
     * @param hidden steps that cannot be read here, each with the reason
     */
    public static Vocabulary ofAction(
            Schema event, Map<String, Output> outputs, Map<String, String> hidden) {
        Vocabulary vocabulary = new Vocabulary(event);
        vocabulary.addSaga(outputs, hidden);
        vocabulary.hide(
                FAILURE, "compensations", "Leave it out: nothing has failed when an action runs");
        return vocabulary;
    }

    /** All a compensation sees: what an action does, and the failure. */
    public static Vocabulary ofCompensation(
            Schema event, Map<String, Output> outputs, Map<String, String> hidden) {
        Vocabulary vocabulary = new Vocabulary(event);
        vocabulary.addSaga(outputs, hidden);
        vocabulary.variables.put(FAILURE, vocabulary.types.record(FAILURE_SCHEMA, false));
        return vocabulary;
    }

    Types types() {
        return types;
    }

    Map<String, CelType> variables() {
        return variables;
    }

    Map<String, Problem> hidden() {
        return hidden;
    }

    Map<String, Problem> hiddenSteps() {
        return hiddenSteps;
    }

    Layout event() {
        return event;
    }

    Map<String, Layout> outputs() {
        return outputs;
    }

    CelCompiler compiler() {
        CelCompiler known = compiler;
        if (known == null) {
            known = CelSetup.compiler(types, variables);
            compiler = known;
        }
        return known;
    }

    private void addSaga(Map<String, Output> readable, Map<String, String> unreadable) {
        variables.put(SAGA, types.record(SAGA_SCHEMA, false));
        Map<String, CelType> stepTypes = new LinkedHashMap<>();
        readable.forEach(
                (step, output) -> {
                    stepTypes.put(step, types.record(output.schema(), output.mayBeUnset()));
                    outputs.put(step, Layout.of(output.schema()));
                });
        variables.put(STEPS, types.steps(stepTypes));
        unreadable.forEach((step, reason) -> hiddenSteps.put(step, hiddenStep(reason, readable)));
    }

    private static Problem hiddenStep(String reason, Map<String, Output> readable) {
        if (reason.equals(ALREADY_TOLD)) {
            return Problem.TOLD;
        }
        return Problem.fault(
                "Expected an output that can be there but " + reason,
                readable.isEmpty()
                        ? "No step before has an output; read 'event'"
                        : "Readable here: " + String.join(", ", readable.keySet()));
    }

    private void hide(String name, String where, String remedy) {
        hidden.put(
                name,
                Problem.fault(
                        "Expected no '" + name + "' here: it exists only in " + where, remedy));
    }
}
