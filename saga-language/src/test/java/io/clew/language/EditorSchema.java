package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What an editor says of a definition that it checks against the JSON Schema. It reads YAML and the
 * schema by libraries that the language itself does not use for it.
 */
public final class EditorSchema {

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            Fixtures.resource("/io/clew/language/saga-definition.schema.json"),
                            InputFormat.JSON);

    private EditorSchema() {}

    /**
     * What is wrong with a definition, each fault with its place and the keyword that refuses it.
     *
     * @param source YAML or JSON, which is YAML, too
     */
    public static List<String> faults(String source) {
        try {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
            String json = new ObjectMapper().writeValueAsString(tree);
            return SCHEMA.validate(json, InputFormat.JSON).stream()
                    .map(it -> it.getKeyword() + " " + it)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Expected a tree but got " + source, e);
        }
    }

    /** Checks that an editor finds nothing wrong. */
    public static void shouldAccept(String source) {
        assertThat(faults(source)).as(source).isEmpty();
    }
}
