package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.order.Address;
import io.clew.order.Currency;
import io.clew.order.OrderLine;
import io.clew.order.OrderPlaced;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClewAvroSerdeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");

    private final RegistryProxy proxy = new RegistryProxy(RealRegistry.url());
    private final RegistryClient client =
            new RegistryClient(FakeRegistry.quick(RealRegistry.url()));
    private final String topic = RealRegistry.newTopic();
    private final ClewAvroSerde serde = new ClewAvroSerde();

    @AfterEach
    void close() {
        serde.close();
        client.close();
        proxy.close();
    }

    @Test
    void shouldFrameTheBytesOfAvroWhenSpecific() {
        // given
        configure(Map.of("specific.avro.reader", "true"));

        // when
        var bytes = serde.serializer().serialize(topic, order());

        // then
        var registered = client.latest(topic + "-io.clew.order.OrderPlaced").orElseThrow();
        var expected =
                ByteBuffer.allocate(5 + AvroFrame.encode(registered.schema(), order()).length)
                        .put((byte) 0)
                        .putInt(registered.id())
                        .put(AvroFrame.encode(registered.schema(), order()));
        assertThat(bytes).isEqualTo(expected.array());
        assertThat(serde.deserializer().deserialize(topic, bytes)).isEqualTo(order());
    }

    @Test
    void shouldReadLogicalTypesAndEnumsWhenGeneric() {
        // given
        configure(Map.of());
        var bytes = serde.serializer().serialize(topic, order());

        // when
        var read = (GenericRecord) serde.deserializer().deserialize(topic, bytes);

        // then
        assertThat(read.get("totalAmount")).isEqualTo(new BigDecimal("24.68"));
        assertThat(read.get("placedAt")).isEqualTo(NOW);
        assertThat(read.get("currency")).hasToString("EUR");
        assertThat(read.get("orderId")).isEqualTo("o-1");
        assertThat(serde.serializer().serialize(topic, read)).isEqualTo(bytes);
    }

    @Test
    void shouldLeaveDecimalsAsBytesWhenConvertersAreOff() {
        // given
        configure(Map.of("avro.use.logical.type.converters", false));
        var bytes = serde.serializer().serialize(topic, order());

        // when
        var read = (GenericRecord) serde.deserializer().deserialize(topic, bytes);

        // then
        assertThat(read.get("totalAmount")).isInstanceOf(ByteBuffer.class);
        assertThat(read.get("placedAt")).isEqualTo(NOW.toEpochMilli());
        assertThat(serde.serializer().serialize(topic, read)).isEqualTo(bytes);
    }

    @Test
    void shouldRegisterUnderTheSubjectOfEachStrategy() {
        var subjects =
                Map.of(
                        "TopicNameStrategy", topic + "-value",
                        "RecordNameStrategy", "io.clew.avro.Parcel",
                        "TopicRecordNameStrategy", topic + "-io.clew.avro.Parcel");
        subjects.forEach(
                (strategy, subject) -> {
                    var name = "io.confluent.kafka.serializers.subject." + strategy;
                    configure(Map.of("value.subject.name.strategy", name));
                    serde.serializer().serialize(topic, parcel());
                    assertThat(client.latest(subject)).as(strategy).isPresent();
                });
    }

    @Test
    void shouldRoundTripMapsAndNullsWhenSpecific() {
        configure(Map.of("specific.avro.reader", true));
        for (var parcel : List.of(parcel(), new Parcel("x", Map.of(), null, NOW))) {
            var bytes = serde.serializer().serialize(topic, parcel);
            assertThat(serde.deserializer().deserialize(topic, bytes)).isEqualTo(parcel);
        }
    }

    @Test
    void shouldPassNullAndPlainValues() {
        configure(Map.of("value.subject.name.strategy", "TopicNameStrategy"));
        assertThat(serde.serializer().serialize(topic, null)).isNull();
        assertThat(serde.deserializer().deserialize(topic, (byte[]) null)).isNull();
        for (var value : List.of("text", 1, 2L, 3f, 4d, true)) {
            var own = topic + "." + value.getClass().getSimpleName();
            var bytes = serde.serializer().serialize(own, value);
            assertThat(serde.deserializer().deserialize(own, bytes)).isEqualTo(value);
        }
        var raw = "raw".getBytes(StandardCharsets.UTF_8);
        var frame = serde.serializer().serialize(topic + ".bytes", raw);
        assertThat(frame).hasSize(5 + raw.length);
        assertThat(serde.deserializer().deserialize(topic + ".bytes", frame)).isEqualTo(raw);
        assertThatThrownBy(() -> serde.serializer().serialize(topic, new Object()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void shouldAskTheRegistryOnceWhenManyValuesFollow() {
        // given
        var configs = RealRegistry.configs(proxy.url());
        serde.configure(configs, false);

        // when
        for (var i = 0; i < 100; i++) {
            serde.deserializer().deserialize(topic, serde.serializer().serialize(topic, parcel()));
        }

        // then
        assertThat(proxy.requests()).hasSize(2);
    }

    @Test
    void shouldRefuseAnUnregisteredSchemaWhenItMayNotRegister() {
        // given
        configure(Map.of("auto.register.schemas", "false"));

        // then
        assertThatThrownBy(() -> serde.serializer().serialize(topic, parcel()))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining(topic + "-io.clew.avro.Parcel")
                .hasMessageContaining("auto.register.schemas=false");
        var id = client.register(topic + "-io.clew.avro.Parcel", Parcel.SCHEMA$);
        assertThat(AvroFrame.schemaId(serde.serializer().serialize(topic, parcel()))).isEqualTo(id);
    }

    @Test
    void shouldWriteInTheLatestVersionWhenAskedTo() {
        // given
        var subject = topic + "-io.clew.avro.Parcel";
        var newer =
                schema(
                        """
                        {"name":"note","type":"string","default":"none"},
                        {"name":"name","type":"string"}\
                        """);
        client.setCompatibility(subject, CompatibilityLevel.NONE);
        client.register(subject, Parcel.SCHEMA$);
        var id = client.register(subject, newer);
        configure(Map.of("auto.register.schemas", "false", "use.latest.version", "true"));

        // when
        var bytes = serde.serializer().serialize(topic, parcel());

        // then
        assertThat(AvroFrame.schemaId(bytes)).isEqualTo(id);
        var read = (GenericRecord) serde.deserializer().deserialize(topic, bytes);
        assertThat(read.get("note")).isEqualTo("none");
        assertThat(read.get("name")).isEqualTo("ab");
    }

    @Test
    void shouldRefuseTheLatestVersionWhenItCannotReadTheValue() {
        // given
        var subject = topic + "-io.clew.avro.Parcel";
        client.register(subject, schema("{\"name\":\"needed\",\"type\":\"string\"}"));
        configure(Map.of("auto.register.schemas", "false", "use.latest.version", "true"));

        // then
        assertThatThrownBy(() -> serde.serializer().serialize(topic, parcel()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Expected version 1 of subject " + subject)
                .hasMessageContaining("needed");
        configure(
                Map.of(
                        "auto.register.schemas", "false",
                        "use.latest.version", "true",
                        "latest.compatibility.strict", "false"));
        assertThatThrownBy(() -> serde.serializer().serialize(topic, parcel()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("needed");
    }

    @Test
    void shouldTellBadBytesFromAnUnknownSchemaFromAnOutage() {
        // given
        serde.configure(RealRegistry.configs(proxy.url()), false);
        var good = serde.serializer().serialize(topic, parcel());
        var cut = Arrays.copyOf(good, good.length - 1);

        // then
        assertThatThrownBy(() -> serde.deserializer().deserialize(topic, new byte[] {0, 0}))
                .isInstanceOf(BadFrameException.class);
        assertThatThrownBy(
                        () ->
                                serde.deserializer()
                                        .deserialize(
                                                topic,
                                                "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadFrameException.class);
        assertThatThrownBy(() -> serde.deserializer().deserialize(topic, cut))
                .isInstanceOf(BadFrameException.class);
        assertThatThrownBy(
                        () ->
                                serde.deserializer()
                                        .deserialize(topic, AvroFrame.frame(987_656, good)))
                .isInstanceOf(SchemaNotFoundException.class);
        proxy.goAway();
        assertThatThrownBy(
                        () ->
                                serde.deserializer()
                                        .deserialize(topic, AvroFrame.frame(987_657, good)))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldRefuseAClassWhenItsPackageIsNotTrusted() {
        // given
        configure(Map.of("specific.avro.reader", "true"));
        var foreign =
                new Schema.Parser()
                        .parse(
                                """
                                {"type":"record","name":"com.example.Gadget","fields":[]}\
                                """);
        var bytes = serde.serializer().serialize(topic, new GenericRecordBuilder(foreign).build());

        // then
        assertThatThrownBy(() -> serde.deserializer().deserialize(topic, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("org.apache.avro.SERIALIZABLE_PACKAGES");
    }

    @Test
    void shouldUseASharedClientWithoutClosingIt() {
        try (Serde<Object> shared = new ClewAvroSerde(client)) {
            shared.configure(Map.of("value.subject.name.strategy", "RecordNameStrategy"), false);
            shared.serializer().serialize(topic, parcel());
        }

        assertThat(client.subjects()).contains("io.clew.avro.Parcel");
    }

    private void configure(Map<String, ?> more) {
        var configs = RealRegistry.configs(RealRegistry.url());
        configs.putAll(more);
        serde.configure(configs, false);
    }

    private static Schema schema(String fields) {
        return new Schema.Parser()
                .parse(
                        """
                        {"type":"record","name":"io.clew.avro.Parcel","fields":[%s]}\
                        """
                                .formatted(fields));
    }

    private static Parcel parcel() {
        return new Parcel("ab", Map.of("b", "2", "a", "1"), new BigDecimal("12.34"), NOW);
    }

    private static OrderPlaced order() {
        var address = new Address("Ada", "Street 1", "Berlin", "10115", "DE");
        var line = new OrderLine("sku-1", 2, new BigDecimal("12.34"));
        return new OrderPlaced(
                "o-1",
                "c-1",
                List.of(line),
                Currency.EUR,
                new BigDecimal("24.68"),
                "tok_ok",
                address,
                NOW);
    }
}
