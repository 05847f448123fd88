package io.clew.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clew.avro.frame.FrameDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private static final String EVERY_TYPE =
            """
            {"type":"record","name":"All","fields":[
            {"name":"i","type":"int"},{"name":"l","type":"long"},{"name":"f","type":"float"},
            {"name":"d","type":"double"},{"name":"b","type":"boolean"},{"name":"s","type":"string"},
            {"name":"y","type":"bytes"},{"name":"n","type":"null"},
            {"name":"x","type":{"type":"fixed","name":"F","size":7}},
            {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B","C"]}},
            {"name":"a","type":{"type":"array","items":"long"}},
            {"name":"o","type":{"type":"array","items":"null"}},
            {"name":"m","type":{"type":"map","values":["null","string","double"]}}]}\
            """;

    @Test
    void shouldReadWhatAvroWritesWhenOfAnyType() throws IOException {
        var schema = new Schema.Parser().parse(EVERY_TYPE);
        var seed = new Random().nextLong();
        for (var value : new RandomData(schema, 500, seed)) {
            assertThat(read(schema, written(schema, value, false)))
                    .as("seed %d", seed)
                    .isEqualTo(value);
            assertThat(read(schema, written(schema, value, true)))
                    .as("seed %d", seed)
                    .isEqualTo(value);
        }
    }

    @Test
    void shouldSkipWhatTheReaderDoesNotKnowWhenOfAnyType() throws IOException {
        var schema = new Schema.Parser().parse(EVERY_TYPE);
        var nothing =
                new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"All\",\"fields\":[]}");
        for (var value : new RandomData(schema, 200, 7)) {
            for (var blocking : new boolean[] {false, true}) {
                var bytes = written(schema, value, blocking);
                var decoder = new FrameDecoder(bytes, 0, bytes.length);
                new GenericDatumReader<Object>(schema, nothing).read(null, decoder);
                assertThat(decoder.remaining()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "\"bytes\"",
                "{\"type\":\"array\",\"items\":\"long\"}",
                "{\"type\":\"array\",\"items\":\"null\"}",
                "{\"type\":\"map\",\"values\":\"long\"}"
            })
    void shouldAllocateNothingWhenTheAnnouncedLengthIsALie(String type) throws IOException {
        var schema = new Schema.Parser().parse(type);
        for (var length : new long[] {2_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, -5}) {
            var bytes = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            encoder.writeLong(length);
            var payload = ByteBuffer.wrap(bytes.toByteArray());
            assertThatThrownBy(
                            () -> AvroFrame.decode(payload, AvroModels.plainReader(schema, schema)))
                    .isInstanceOf(BadFrameException.class);
        }
    }

    @Test
    void shouldRefuseANumberWhenItDoesNotEndOrFit() {
        var endless = new byte[20];
        Arrays.fill(endless, (byte) 0xFF);
        assertThatThrownBy(() -> new FrameDecoder(endless, 0, 20).readLong())
                .hasMessageContaining("does not end");
        assertThatThrownBy(() -> new FrameDecoder(endless, 0, 5).readLong())
                .hasMessageContaining("0 remain");
        var tooLong = new byte[] {-1, -1, -1, -1, -1, 1};
        assertThatThrownBy(() -> new FrameDecoder(tooLong, 0, 6).readInt())
                .hasMessageContaining("Expected an int");
        assertThatThrownBy(() -> new FrameDecoder(new byte[] {2}, 0, 1).readBoolean())
                .hasMessageContaining("Expected a boolean");
    }

    @Test
    void shouldRefuseAPayloadWhenItIsNestedWithoutEnd() {
        var schema =
                new Schema.Parser()
                        .parse(
                                """
                                {"type":"record","name":"Node","fields":[
                                {"name":"next","type":["null","Node"]}]}\
                                """);
        var payload = new byte[2_000_000];
        Arrays.fill(payload, (byte) 2);

        assertThatThrownBy(() -> AvroFrame.decodeGeneric(ByteBuffer.wrap(payload), schema))
                .isInstanceOf(BadFrameException.class);
    }

    private static Object read(Schema schema, byte[] bytes) throws IOException {
        var decoder = new FrameDecoder(bytes, 0, bytes.length);
        var value = new GenericDatumReader<Object>(schema).read(null, decoder);
        assertThat(decoder.remaining()).isZero();
        return value;
    }

    private static byte[] written(Schema schema, Object value, boolean blocking)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder =
                blocking
                        ? EncoderFactory.get().blockingBinaryEncoder(bytes, null)
                        : EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
