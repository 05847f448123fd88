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
import org.junit.jupiter.params.provider.CsvSource;

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
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    text   | event.text                                   | hello
                    text   | event.?maybe                                 | null
                    text   | event.maybe.orValue('x')                     | !Read what may be unset with '?' first
                    text   | event.?maybe.orValue('x')                    | x
                    text   | has(event.maybe) ? event.maybe : 'none'      | none
                    text   | has(event.maybe) && event.maybe == 'a' ? 'a' : 'b' | b
                    text   | event.?nested.?note.orValue('no note')       | no note
                    text   | event.?nested.note                           | !may be unset
                    text   | event.tags['b']                              | 2
                    text   | event.?tags.?zzz                             | null
                    text   | string(event.price)                          | 12.50
                    text   | string(event.price + event.exact)            | 13.7501
                    text   | event.price < event.exact ? 'less' : 'more'  | more
                    text   | event.price == decimal('12.5') ? 'same' : 'other' | same
                    text   | event.price >= decimal(12) ? 'big' : 'small' | big
                    text   | string(event.day)                            | 2026-01-31
                    text   | event.day < date('2026-02-01') ? 'before' : 'after' | before
                    text   | string(event.at)                             | 2026-01-31T12:00:00Z
                    text   | event.uuid                                   | 123e4567-e89b-12d3-a456-426614174000
                    text   | event.holes[0].orValue('hole')               | a
                    text   | event.holes[1].orValue('hole')               | hole
                    text   | event.holes[1]                               | null
                    text   | event.choice                                 | !which expressions cannot read
                    text   | event.tags.map(k, k)[0]                      | a
                    text   | saga.id                                      | all-types:hello
                    text   | saga.key + '/' + string(saga.run)            | hello/1769860800000
                    text   | string(saga.startedAt)                       | 2026-01-31T12:00:00Z
                    small  | event.small                                  | 7
                    small  | event.large                                  | !Expected int for Do.small but got long
                    small  | event.list.size()                            | 3
                    small  | int(event.wide)                              | 2
                    small  | 2147483648                                   | !got 2147483648
                    large  | event.small                                  | 7
                    large  | event.list[2]                                | 3
                    large  | event.wide                                   | !Expected long for Do.large but got double
                    wide   | event.narrow                                 | 1.5
                    wide   | double(event.small)                          | 7.0
                    wide   | event.small                                  | !Convert it with double(…)
                    wide   | double(event.price)                          | !never become doubles
                    narrow | event.narrow                                 | 1.5
                    narrow | event.wide                                   | !Expected float for Do.narrow but got double
                    flag   | event.flag && event.small > 3                | true
                    price  | event.price + decimal('0.50')                | 1300
                    price  | event.exact                                  | !the value may have 4
                    price  | decimal(event.small)                         | 700
                    price  | event.small                                  | 700
                    price  | decimal('12345678.00')                       | !but got 12345678.00
                    exact  | event.price                                  | 125000
                    exact  | event.price - decimal('12.5001')             | -1
                    day    | date('1970-01-02')                           | 1
                    day    | event.at                                     | !Expected date for Do.day but got timestamp-millis
                    at     | event.at + duration('1s')                    | 1769860801000
                    at     | event.fine                                   | !which is finer
                    fine   | event.at                                     | 1769860800000000
                    fine   | event.fine                                   | 1769860800000001
                    uuid   | 'nonsense'                                   | !Expected a UUID
                    tags   | event.tags                                   | {a=1, b=2}
                    tags   | {'z': 'last', 'a': event.text}               | {a=hello, z=last}
                    list   | event.list.filter(i, i > 1)                  | [2, 3]
                    list   | event.list.map(i, i * 2)                     | [2, 4, 6]
                    holes  | event.holes                                  | [a, null]
                    holes  | [event.text]                                 | [hello]
                    nested | event.nested                                 | !may be unset
                    nested | event.?nested                                | null
                    """)
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
                    java.util.Optional.empty());
        }
    }
}
