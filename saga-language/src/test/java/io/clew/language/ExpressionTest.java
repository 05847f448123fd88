package io.clew.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.language.frame.FrameReader;
import io.clew.saga.Bytes;
import io.clew.saga.MappingException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Expressions over a record of every type there is, into fields of every type there is. */
class ExpressionTest {

    private static final String FIELDS =
            """
            {"name": "text", "type": "string"},
            {"name": "maybe", "type": ["null", "string"], "default": null},
            {"name": "small", "type": "int"},
            {"name": "large", "type": "long"},
            {"name": "narrow", "type": "float"},
            {"name": "wide", "type": "double"},
            {"name": "flag", "type": "boolean"},
            {"name": "raw", "type": "bytes"},
            {"name": "four", "type": {"type": "fixed", "name": "Four", "size": 4}},
            {"name": "price", "type":
                {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
            {"name": "exact", "type":
                {"type": "fixed", "name": "Exact", "size": 8, "logicalType": "decimal",
                 "precision": 18, "scale": 4}},
            {"name": "day", "type": {"type": "int", "logicalType": "date"}},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {"name": "fine", "type": {"type": "long", "logicalType": "timestamp-micros"}},
            {"name": "uuid", "type": {"type": "string", "logicalType": "uuid"}},
            {"name": "tags", "type": {"type": "map", "values": "string"}},
            {"name": "list", "type": {"type": "array", "items": "long"}},
            {"name": "holes", "type": {"type": "array", "items": ["null", "string"]}},
            {"name": "choice", "type": ["string", "long"]},
            {"name": "nested", "type": ["null",
                {"type": "record", "name": "Nested", "fields": [
                    {"name": "note", "type": ["null", "string"], "default": null},
                    {"name": "count", "type": "int"}]}], "default": null}
            """;

    private static final String SAGA =
            """
            saga: all-types
            version: 1
            startedBy: { topic: acme.events, event: io.acme.Started, key: event.text }
            steps:
              - step: only
                participant: acme
                kind: retriable
                action: { command: io.acme.Do, with: { %s: "%s" } }
            """;

    private final Fixtures registry = new TypesRegistry().registry();

    @ParameterizedTest
    @CsvFileSource(
            resources = "/expressions.csv",
            delimiter = '|',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = true)
    void shouldGive(String field, String expression, String expected) {
        // given
        String source = SAGA.formatted(field, expression);

        // when / then
        if (expected.startsWith("!")) {
            assertThat(registry.refused(source).toString()).contains(expected.substring(1));
        } else {
            assertThat(shown(render(source).get(field))).isEqualTo(expected);
        }
    }

    @Test
    void shouldFailWhenAValueDoesNotFitAfterAll() {
        // given
        String source = SAGA.formatted("small", "int(event.large)");

        // when / then
        assertThatThrownBy(() -> render(source))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("Do.small: Expected int");
    }

    @Test
    void shouldFailWhenAnIndexIsNotThere() {
        // given
        String source = SAGA.formatted("large", "event.list[7]");

        // when / then
        assertThatThrownBy(() -> render(source))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("Do.large: Expected a value of 'event.list[7]'");
    }

    @Test
    void shouldNestRecordsListsAndMaps() {
        // given
        String source =
                SAGA.replace(
                        "%s: \"%s\"",
                        "nested: { count: event.small }, list: [1, event.large],"
                                + " tags: { x: event.text }");

        // when
        GenericRecord made = render(source);

        // then
        assertThat(made.get("nested")).hasToString("{\"note\": null, \"count\": 7}");
        assertThat(made.get("list")).hasToString("[1, 4294967296]");
        assertThat(made.get("tags")).hasToString("{x=hello}");
    }

    private GenericRecord render(String source) {
        CompiledDefinition compiled = registry.accepted(source);
        Bytes event = TypesRegistry.event(registry);
        Bytes made =
                compiled.definition()
                        .step("only")
                        .action()
                        .mapping()
                        .render(TypesRegistry.scope(event));
        return new FrameReader(registry.schema(2), registry::byId).read(made);
    }

    private static String shown(Object value) {
        return switch (value) {
            case ByteBuffer bytes -> new BigInteger(copy(bytes)).toString();
            case GenericData.Fixed fixed -> new BigInteger(fixed.bytes()).toString();
            case null, default -> String.valueOf(value);
        };
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** One event with everything set but what may be null. */
    private record TypesRegistry() {

        Fixtures registry() {
            String record =
                    "{\"type\": \"record\", \"name\": \"%s\", \"namespace\": \"io.acme\","
                            + " \"fields\": [%s]}";
            return Fixtures.empty()
                    .with(1, "acme.events", record.formatted("Started", FIELDS))
                    .with(2, "acme.commands", record.formatted("Do", optional(FIELDS)));
        }

        /** Every field nullable, so that each test sets one. */
        static String optional(String fields) {
            var schema =
                    new org.apache.avro.Schema.Parser()
                            .parse(
                                    "{\"type\": \"record\", \"name\": \"X\", \"namespace\":"
                                            + " \"io.acme\", \"fields\": ["
                                            + fields
                                            + "]}");
            StringBuilder all = new StringBuilder();
            for (var field : schema.getFields()) {
                var type = field.schema();
                String text = type.isUnion() ? type.toString() : "[\"null\", " + type + "]";
                if (!field.name().equals("choice")) {
                    all.append(all.isEmpty() ? "" : ",")
                            .append("{\"name\": \"" + field.name() + "\", \"type\": " + text)
                            .append(", \"default\": null}");
                }
            }
            return all.toString();
        }

        static Bytes event(Fixtures registry) {
            var schema = registry.schema(1);
            GenericRecord event = new GenericData.Record(schema);
            event.put("text", "hello");
            event.put("small", 7);
            event.put("large", 4294967296L);
            event.put("narrow", 1.5f);
            event.put("wide", 2.25);
            event.put("flag", true);
            event.put("raw", ByteBuffer.wrap(new byte[] {1, 2}));
            event.put(
                    "four",
                    new GenericData.Fixed(
                            schema.getField("four").schema(), new byte[] {1, 2, 3, 4}));
            event.put("price", Fixtures.decimal("12.50"));
            byte[] exact = new byte[8];
            byte[] unscaled = new BigDecimal("1.2501").unscaledValue().toByteArray();
            System.arraycopy(unscaled, 0, exact, 8 - unscaled.length, unscaled.length);
            event.put("exact", new GenericData.Fixed(schema.getField("exact").schema(), exact));
            event.put("day", 20484);
            event.put("at", Fixtures.STARTED.toEpochMilli());
            event.put("fine", Fixtures.STARTED.toEpochMilli() * 1000 + 1);
            event.put("uuid", "123e4567-e89b-12d3-a456-426614174000");
            event.put("tags", Map.of("b", "2", "a", "1"));
            event.put("list", List.of(1L, 2L, 3L));
            event.put("holes", java.util.Arrays.asList("a", null));
            event.put("choice", "x");
            return registry.frame(1, event);
        }

        static io.clew.saga.MappingScope scope(Bytes event) {
            return new io.clew.saga.MappingScope(
                    io.clew.saga.SagaId.of("all-types", "hello"),
                    Fixtures.STARTED.toEpochMilli(),
                    Fixtures.STARTED,
                    event,
                    Map.of(),
                    java.util.Optional.empty(),
                    List.of(),
                    java.util.Optional.empty());
        }
    }
}
