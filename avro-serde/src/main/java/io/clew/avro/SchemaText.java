package io.clew.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Schema texts as the registry sees them: the same from every language's client. */
final class SchemaText {

    private static final String JAVA_STRING = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaText() {}

    /** The text of the schema as written by hand, without what Java's code generator adds. */
    static String of(Schema schema) {
        var text = schema.toString();
        if (!text.contains(JAVA_STRING)) {
            return text;
        }
        try {
            var tree = JSON.readTree(text);
            strip(tree);
            return parser().parse(tree.toString()).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected a schema's text to be JSON: " + text, e);
        }
    }

    /** A parser that takes what the registry has taken. */
    static Schema.Parser parser() {
        return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
            object.properties().stream()
                    .filter(property -> !property.getKey().equals("default"))
                    .forEach(property -> strip(property.getValue()));
        } else {
            node.forEach(SchemaText::strip);
        }
    }
}
