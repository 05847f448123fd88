package io.clew.language.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    static final String RECEIVED = "received";
    static final String INDEX = "index";

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

    /**
     * Why an output cannot be read.
     *
     * @param remedy what to do instead; empty for reading another one
     */
    public record Hidden(String reason, String remedy) {
        /** Because of a fault noted elsewhere. */
        public static final Hidden ALREADY_TOLD = new Hidden("", "");
    }

    /**
     * What there is to see at a place.
     *
     * @param outputs of the steps before it, by step name
     * @param hidden steps that cannot be read here, each with the reason
     * @param loops around it, the outermost first
     * @param items what the items of all loops are called, those elsewhere too
     * @param received what has arrived, where that is asked about
     * @param failed whether it is a compensation, which knows the failure
     */
    public record Surroundings(
            Schema event,
            Map<String, Output> outputs,
            Map<String, Hidden> hidden,
            List<Loop> loops,
            Set<String> items,
            Optional<Schema> received,
            boolean failed) {}

    private final Types types = new Types();
    private final Map<String, CelType> variables = new LinkedHashMap<>();
    private final Map<String, Problem> hidden = new LinkedHashMap<>();
    private final Map<String, Problem> hiddenSteps = new LinkedHashMap<>();
    private final Map<String, Layout> outputs = new TreeMap<>();
    private final Map<String, Layout> records = new TreeMap<>();
    private @Nullable CelCompiler compiler;

    private Vocabulary(String variable, Schema record) {
        add(variable, record);
        hide(RECEIVED, "an await", "Read 'event' instead, the saga's trigger");
        hide("item", "a loop", "Read 'event' instead, the saga's trigger");
        hide(INDEX, "a loop", "Read 'event' instead, the saga's trigger");
    }

    /** The event alone: the saga is not there yet. */
    public static Vocabulary ofTrigger(Schema event) {
        Vocabulary vocabulary = new Vocabulary(EVENT, event);
        for (String name : List.of(STEPS, SAGA, FAILURE)) {
            vocabulary.hide(name, "steps", "Read 'event' alone: the saga has not started here");
        }
        return vocabulary;
    }

    /** What has arrived alone: it has to say by itself which saga it is for. */
    public static Vocabulary ofArrival(Schema received) {
        Vocabulary vocabulary = new Vocabulary(RECEIVED, received);
        for (String name : List.of(EVENT, STEPS, SAGA, FAILURE, "item", INDEX)) {
            vocabulary.hide(
                    name, "a saga", "Read 'received' alone: it is what says which saga it is for");
        }
        return vocabulary;
    }

    /** All that can be seen at a place. */
    public static Vocabulary of(Surroundings place) {
        Vocabulary vocabulary = new Vocabulary(EVENT, place.event());
        vocabulary.addSaga(place.outputs(), place.hidden());
        place.items()
                .forEach(it -> vocabulary.hide(it, "its loop", "Read it inside of that loop only"));
        place.loops().forEach(vocabulary::add);
        place.received().ifPresent(it -> vocabulary.add(RECEIVED, it));
        if (place.failed()) {
            vocabulary.variables.put(FAILURE, vocabulary.types.record(FAILURE_SCHEMA, false));
        } else {
            vocabulary.hide(
                    FAILURE,
                    "compensations",
                    "Leave it out: nothing has failed when an action runs");
        }
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

    /** How the fields of a variable that is a record are read. */
    Layout layout(String variable) {
        return Objects.requireNonNull(records.get(variable), variable);
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

    private void add(String variable, Schema record) {
        records.put(variable, Layout.of(record));
        variables.put(variable, types.record(record, false));
    }

    private void add(Loop loop) {
        variables.put(INDEX, SimpleType.INT);
        hidden.put(loop.as(), Problem.TOLD);
        loop.in().map(Expression::typed).ifPresent(list -> item(loop.as(), list));
    }

    private void item(String name, Expression.Typed list) {
        if (list.type() instanceof ListType of && !name.isEmpty()) {
            variables.put(name, types.adopt(of.elemType(), list.types()));
            types.bind(name, Origin.elements(list.origins()));
        }
    }

    private void addSaga(Map<String, Output> readable, Map<String, Hidden> unreadable) {
        variables.put(SAGA, types.record(SAGA_SCHEMA, false));
        Map<String, CelType> stepTypes = new LinkedHashMap<>();
        readable.forEach(
                (step, output) -> {
                    stepTypes.put(step, types.record(output.schema(), output.mayBeUnset()));
                    outputs.put(step, Layout.of(output.schema()));
                });
        variables.put(STEPS, types.steps(stepTypes));
        unreadable.forEach((step, why) -> hiddenSteps.put(step, hiddenStep(why, readable)));
    }

    private static Problem hiddenStep(Hidden why, Map<String, Output> readable) {
        if (why.equals(Hidden.ALREADY_TOLD)) {
            return Problem.TOLD;
        }
        String others =
                readable.isEmpty()
                        ? "No step before has an output; read 'event'"
                        : "Readable here: " + String.join(", ", readable.keySet());
        return Problem.fault(
                "Expected an output that can be there but " + why.reason(),
                why.remedy().isEmpty() ? others : why.remedy());
    }

    private void hide(String name, String where, String remedy) {
        hidden.put(
                name,
                Problem.fault(
                        "Expected no '" + name + "' here: it exists only in " + where, remedy));
    }
}
