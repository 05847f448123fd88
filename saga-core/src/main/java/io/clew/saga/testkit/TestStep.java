package io.clew.saga.testkit;

import io.clew.saga.Bytes;
import io.clew.saga.ChildSagas;
import io.clew.saga.CommandSpec;
import io.clew.saga.FailurePolicy;
import io.clew.saga.Formula;
import io.clew.saga.Mapping;
import io.clew.saga.ResultCheck;
import io.clew.saga.RetryPolicy;
import io.clew.saga.Step;
import io.clew.saga.StepKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Builds a step for {@link TestSaga}: timeout 30 s, five attempts with a backoff of one second. */
public final class TestStep {
    private final String name;
    private final String participant;
    private final String action;
    private StepKind kind = StepKind.COMPENSATABLE;
    private Optional<Formula<Boolean>> when = Optional.empty();
    private Optional<String> compensation = Optional.empty();
    private Duration timeout = Duration.ofSeconds(30);
    private Optional<Duration> giveUpAfter = Optional.empty();
    private RetryPolicy retry =
            new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofSeconds(10));
    private RetryPolicy compensationRetry = RetryPolicy.DEFAULT_COMPENSATION;
    private Mapping actionMapping;
    private Mapping compensationMapping = scope -> Bytes.utf8("");
    private ResultCheck result = ResultCheck.ANY;
    private final Map<String, FailurePolicy> onFailure = new HashMap<>();

    private TestStep(String name, String participant, String action) {
        this.name = name;
        this.participant = participant;
        this.action = action;
        this.actionMapping = TestSaga.mapping(action);
    }

    /** A compensatable step without a compensation, until it is given one. */
    public static TestStep step(String name, String participant, String action) {
        return new TestStep(name, participant, action);
    }

    public TestStep compensation(String type) {
        compensation = Optional.of(type);
        compensationMapping = TestSaga.mapping(type);
        return this;
    }

    /** A saga of another definition, that can be taken back as a whole. */
    public static TestStep child(String name, String definition) {
        return step(name, ChildSagas.participant(definition), "Start-" + definition)
                .compensation(ChildSagas.TAKE_BACK)
                .compensationMapping(scope -> Bytes.utf8(""));
    }

    /** It is executed only if this holds. */
    public TestStep when(Formula<Boolean> condition) {
        when = Optional.of(condition);
        return this;
    }

    public TestStep pivot() {
        kind = StepKind.PIVOT;
        return this;
    }

    public TestStep retriable() {
        kind = StepKind.RETRIABLE;
        return this;
    }

    public TestStep timeout(Duration silence) {
        timeout = silence;
        return this;
    }

    public TestStep giveUpAfter(Duration silence) {
        giveUpAfter = Optional.of(silence);
        return this;
    }

    public TestStep retry(RetryPolicy policy) {
        retry = policy;
        return this;
    }

    public TestStep compensationRetry(RetryPolicy policy) {
        compensationRetry = policy;
        return this;
    }

    public TestStep onFailure(String code, FailurePolicy policy) {
        onFailure.put(code, policy);
        return this;
    }

    public TestStep mapping(Mapping mapping) {
        actionMapping = mapping;
        return this;
    }

    public TestStep compensationMapping(Mapping mapping) {
        compensationMapping = mapping;
        return this;
    }

    public TestStep result(ResultCheck check) {
        result = check;
        return this;
    }

    /** The step. */
    public Step build() {
        CommandSpec forward =
                new CommandSpec(
                        participant, topic(), action, actionMapping, result, timeout, retry);
        Optional<CommandSpec> back =
                compensation.map(
                        type ->
                                new CommandSpec(
                                        participant,
                                        topic(),
                                        type,
                                        compensationMapping,
                                        ResultCheck.ANY,
                                        timeout,
                                        compensationRetry));
        return new Step(name, when, kind, forward, back, giveUpAfter, onFailure);
    }

    private String topic() {
        return ChildSagas.definition(participant).isPresent()
                ? ChildSagas.TOPIC
                : participant + ".commands";
    }
}
