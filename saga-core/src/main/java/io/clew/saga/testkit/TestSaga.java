package io.clew.saga.testkit;

import io.clew.saga.Bytes;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Mapping;
import io.clew.saga.MappingScope;
import io.clew.saga.Node;
import io.clew.saga.ResultSpec;
import io.clew.saga.SagaDefinition;
import io.clew.saga.Sequence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Builds a definition whose commands say in plain text all that their mappings could see. */
public final class TestSaga {
    private final String name;
    private final int version;
    private final List<Node> nodes = new ArrayList<>();
    private Optional<ResultSpec> result = Optional.empty();
    private Duration deadline = Duration.ofMinutes(30);
    private Duration retention = Duration.ofDays(7);
    private Duration uniqueFor = Duration.ofDays(30);

    private TestSaga(String name, int version) {
        this.name = name;
        this.version = version;
    }

    public static TestSaga saga(String name) {
        return saga(name, 1);
    }

    public static TestSaga saga(String name, int version) {
        return new TestSaga(name, version);
    }

    public TestSaga deadline(Duration within) {
        deadline = within;
        return this;
    }

    public TestSaga retention(Duration kept, Duration keyTaken) {
        retention = kept;
        uniqueFor = keyTaken;
        return this;
    }

    public TestSaga step(TestStep step) {
        return then(step.build());
    }

    /** Whatever node is next. */
    public TestSaga then(Node node) {
        nodes.add(node);
        return this;
    }

    /** What its sagas come to. */
    public TestSaga result(ResultSpec what) {
        result = Optional.of(what);
        return this;
    }

    /** What its sagas come to, as text with the whole scope. */
    public TestSaga result(String type) {
        return result(new ResultSpec(type, mapping(type)));
    }

    public SagaDefinition build() {
        DefinitionRef ref = new DefinitionRef(name, version, "sha-" + name + "-" + version);
        return new SagaDefinition(ref, deadline, retention, uniqueFor, new Sequence(nodes))
                .giving(result);
    }

    /** The mapping of {@link TestStep}s: text with the whole scope in a fixed order. */
    static Mapping mapping(String type) {
        return scope -> Bytes.utf8(type + text(scope));
    }

    private static String text(MappingScope scope) {
        TreeMap<String, String> outputs = new TreeMap<>();
        scope.outputs().forEach((step, output) -> outputs.put(step, text(output)));
        String why = scope.failure().map(it -> " because " + it.code()).orElse("");
        String item = scope.indices().isEmpty() ? "" : " of " + scope.indices();
        return "(" + text(scope.event()) + " " + outputs + item + why + ")";
    }

    /** UTF-8 text of what is known to be text. */
    public static String text(Bytes bytes) {
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }
}
